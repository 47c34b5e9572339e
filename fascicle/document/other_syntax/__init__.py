"""Markup that other programs would act on and this one prints as typed.

Told at its line, and mended where asked.
"""
