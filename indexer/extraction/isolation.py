"""No network and no other program for this process, by the kernel's own filter (seccomp), where there is one."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from functools import cache

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_FILTER = 2
_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_NOT_LESS, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
_OTHER_CALLS = 0x40000000  # numbers from here on are the x32 variants of the same calls

# (audit number of the machine, {call: its number there}), from the kernel's tables.
_X86_64 = {"socket": 41, "connect": 42, "execve": 59, "kill": 62, "ptrace": 101, "execveat": 322, "io_uring": 425}
_ARM_64 = {"ptrace": 117, "kill": 129, "socket": 198, "connect": 203, "execve": 221, "execveat": 281, "io_uring": 425}
_MACHINES = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _ARM_64)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_network_and_programs() -> bool:
    """From now on those calls fail with "not permitted"; false where the system knows no such filter (macOS, …)."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    libc, program = _prepared()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def warm() -> None:
    """Prepares the filter, so that no child does."""
    if sys.platform == "linux" and platform.machine() in _MACHINES:
        _prepared()


@cache
def _prepared() -> tuple[ctypes.CDLL, _Program]:
    instructions = _instructions(*_MACHINES[platform.machine()])
    return ctypes.CDLL(None, use_errno=True), _Program(len(instructions) // 8, instructions)


def _instructions(machine: int, calls: dict[str, int]) -> bytes:
    """Each of 8 bytes: code, jump if true, jump if false, value. Jumps count instructions to the refusal at the end."""
    numbers = sorted(calls.values())
    to_refusal = len(numbers) + 1
    code = [
        _instruction(_LOAD_WORD, _ARCHITECTURE_AT),
        _instruction(_JUMP_IF_EQUAL, machine, if_false=to_refusal + 2),
        _instruction(_LOAD_WORD, _NUMBER_AT),
        _instruction(_JUMP_IF_NOT_LESS, _OTHER_CALLS, if_true=to_refusal),
    ]
    code += [_instruction(_JUMP_IF_EQUAL, n, if_true=to_refusal - 1 - at) for at, n in enumerate(numbers)]
    return b"".join([*code, _instruction(_RETURN, _ALLOW), _instruction(_RETURN, _REFUSE)])


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)
