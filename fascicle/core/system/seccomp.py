"""Linux's seccomp: system calls that no program of a build has a use for, refused before the kernel looks at them."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from functools import cache

_LOAD, _EQUAL, _ANY_BIT, _RETURN, _AT_LEAST = 0x20, 0x15, 0x45, 0x06, 0x35
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
_NEW_NAMESPACES = 0x7E020080
"""Flags of clone that make namespaces."""
_THREAD = 0x00010000
_X32 = 0x40000000
_SET_FILTER = 1
_MASK, _KIND, _STREAM = 0x54, 0xF, 1
"""The kind of a socket stands in the lowest bits, beside flags such as SOCK_CLOEXEC."""

_COMMON = {
    "bpf": (321, 280), "userfaultfd": (323, 282), "perf_event_open": (298, 241), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "pidfd_getfd": (438, 438),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "mount_setattr": (442, 442), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "kexec_load": (246, 104), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "swapon": (167, 224), "reboot": (169, 142), "acct": (163, 89),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "personality": (135, 92), "quotactl": (179, 60),
}  # fmt: skip
"""Numbers on x86-64 and on AArch64 of what is refused always."""
_NETWORK = {
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
}  # fmt: skip
_PAIR = (53, 199)
"""socketpair: two ends that know each other alone, as Java wants at its start. Those of datagrams can write to others."""
_METADATA = {
    "chmod": (90, None), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None), "lchown": (94, None),
    "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "removexattr": (197, 14),
    "lremovexattr": (198, 15),
}  # fmt: skip
"""What Landlock lets through, by name of a file."""
_CLONE, _CLONE3 = (56, 220), (435, 435)
_FORKS = {"fork": (57, None), "vfork": (58, None)}
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7), "arm64": (1, 0xC00000B7)}


def available() -> bool:
    """Whether this architecture's numbers are known here. A system of 32 bits on a kernel of 64 has others."""
    return sys.platform == "linux" and sys.maxsize > 1 << 32 and platform.machine() in _MACHINES


@cache
def program(*, network: bool = False, metadata: bool = True, processes: bool = True) -> bytes:
    """A filter: without `network` no sockets, without `metadata` no change of modes and times, without `processes` no
    further process, though threads.
    """
    column, architecture = _MACHINES[platform.machine()]
    refused = [numbers[column] for numbers in _COMMON.values()]
    refused += [] if network else [numbers[column] for numbers in _NETWORK.values()]
    refused += [] if metadata else [number for numbers in _METADATA.values() if (number := numbers[column])]
    refused += [] if processes else [number for numbers in _FORKS.values() if (number := numbers[column])]
    lines = [
        _line(_LOAD, 0, 0, _ARCHITECTURE),
        _line(_EQUAL, 1, 0, architecture),
        _line(_RETURN, 0, 0, _KILL),
        _line(_LOAD, 0, 0, _NUMBER),
    ]
    if column == 0:
        lines += [_line(_AT_LEAST, 0, 1, _X32), _line(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    for number in refused:
        lines += [_line(_EQUAL, 0, 1, number), _line(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    if not network:
        lines += [_line(_EQUAL, 0, 5, _PAIR[column]), _line(_LOAD, 0, 0, _SECOND), _line(_MASK, 0, 0, _KIND)]
        lines += [_line(_EQUAL, 0, 1, _STREAM), _line(_RETURN, 0, 0, _ALLOW)]
        lines += [_line(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    # What clone3 is told lies in memory, where no filter can look; programs then take clone.
    lines += [_line(_EQUAL, 0, 1, _CLONE3[column]), _line(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    flags = [_line(_LOAD, 0, 0, _FIRST)]
    if not processes:
        flags += [_line(_ANY_BIT, 1, 0, _THREAD), _line(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    flags += [_line(_ANY_BIT, 0, 1, _NEW_NAMESPACES), _line(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    lines += [_line(_EQUAL, 0, len(flags), _CLONE[column]), *flags, _line(_RETURN, 0, 0, _ALLOW)]
    return b"".join(lines)


def _line(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(code: bytes) -> None:
    """Put this thread, and every program that it starts, under a filter. OSError where that cannot be had."""
    library = ctypes.CDLL(None, use_errno=True)
    held = _Program(len(code) // 8, code)
    number = {0: 317, 1: 277}[_MACHINES[platform.machine()][0]]
    if library.syscall(number, ctypes.c_uint(_SET_FILTER), ctypes.c_uint(0), ctypes.byref(held)):
        raise OSError(ctypes.get_errno(), "seccomp")
