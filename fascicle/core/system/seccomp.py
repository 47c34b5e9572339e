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

_Numbers = dict[str, tuple[int | None, int | None]]
_COMMON: _Numbers = {
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
    "clock_adjtime": (305, 266), "kexec_file_load": (320, 294), "swapoff": (168, 225), "iopl": (172, None),
    "ioperm": (173, None), "sethostname": (170, 161), "setdomainname": (171, 162), "syslog": (103, 116),
    "vhangup": (153, 58), "fanotify_init": (300, 262), "fspick": (433, 433), "open_tree_attr": (467, 467),
    "kcmp": (312, 272), "move_pages": (279, 239), "migrate_pages": (256, 238), "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
}  # fmt: skip
"""Numbers on x86-64 and on AArch64 of what is refused always."""
_NETWORK: _Numbers = {
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
}  # fmt: skip
_SHARED: _Numbers = {
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
}  # fmt: skip
"""Memory, semaphores and messages that programs of one user share by a number or a name, of which no file system knows."""
_LIMITS = (302, 261)
"""prlimit64, with which a program may set its own limits, and could end every other of its user's."""
_PAIR = (53, 199)
"""socketpair: two ends that know each other alone, as Java wants at its start. Those of datagrams can write to others."""
_METADATA: _Numbers = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "setxattrat": (463, 463), "removexattr": (197, 14), "lremovexattr": (198, 15),
    "fremovexattr": (199, 16), "removexattrat": (466, 466), "file_setattr": (469, 469),
    "inotify_add_watch": (254, 27), "setpriority": (141, 140), "ioprio_set": (251, 30),
    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119), "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
}  # fmt: skip
"""What Landlock lets through: changes of what is said of a file, also of one that may only be read; watching folders;
other processes' share of the processors.
"""
_CLONE, _CLONE3 = (56, 220), (435, 435)
_FORKS: _Numbers = {"fork": (57, None), "vfork": (58, None)}
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
    tables = [_COMMON, _SHARED, *([] if network else [_NETWORK]), *([] if metadata else [_METADATA])]
    tables += [] if processes else [_FORKS]
    refused = [number for table in tables for numbers in table.values() if (number := numbers[column])]
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
    # Its own limits have the number 0 in the place of a process's.
    lines += [_line(_EQUAL, 0, 4, _LIMITS[column]), _line(_LOAD, 0, 0, _FIRST), _line(_EQUAL, 0, 1, 0)]
    lines += [_line(_RETURN, 0, 0, _ALLOW), _line(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
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
