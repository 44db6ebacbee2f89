"""No network for this process, and no other program, by the kernel's own filter (seccomp), where there is one."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_FILTER = 2
_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_NOT_LESS, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16  # in struct seccomp_data
_OTHER_CALLS = 0x40000000  # numbers from here on are the x32 variants of the same calls

# (audit number of the machine, {call: its number there}), from the kernel's tables.
_X86_64 = {"socket": 41, "connect": 42, "execve": 59, "kill": 62, "ptrace": 101, "execveat": 322, "io_uring": 425}
_ARM_64 = {"ptrace": 117, "kill": 129, "socket": 198, "connect": 203, "execve": 221, "execveat": 281, "io_uring": 425}
_PROGRAMS = ("execve", "execveat")
_LOCAL_SOCKETS = 1  # AF_UNIX: office programs open one to themselves
_MACHINES = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _ARM_64)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_network_and_programs() -> bool:
    """From now on those calls fail with "not permitted"; false where the system knows no such filter (macOS, …)."""
    return _filtered(local_sockets=False)


def forbid_network() -> bool:
    """The same for what is about to become another program: it may start, and may talk to this machine's own."""
    return _filtered(local_sockets=True)


def warm() -> None:
    """Prepares the filters, so that no child does."""
    if _has_filters():
        _prepared(local_sockets=False)
        _prepared(local_sockets=True)


def _has_filters() -> bool:
    return sys.platform == "linux" and platform.machine() in _MACHINES


def _filtered(*, local_sockets: bool) -> bool:
    if not _has_filters():
        return False
    prctl, program = _prepared(local_sockets=local_sockets)
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


@cache
def _prepared(*, local_sockets: bool) -> tuple[Callable[..., int], _Program]:
    machine, calls = _MACHINES[platform.machine()]
    instructions = _for_programs(machine, calls) if local_sockets else _instructions(machine, calls.values())
    return ctypes.CDLL(None).prctl, _Program(len(instructions) // 8, instructions)


def _for_programs(machine: int, calls: dict[str, int]) -> bytes:
    """Programs may be started and local sockets opened; all else as for a reading child."""
    refused = [number for name, number in calls.items() if name not in {*_PROGRAMS, "socket", "connect"}]
    only_local = [
        _instruction(_JUMP_IF_EQUAL, calls["socket"], if_false=2),
        _instruction(_LOAD_WORD, _FIRST_ARGUMENT_AT),
        _instruction(_JUMP_IF_EQUAL, _LOCAL_SOCKETS, if_false=1),  # past the permission that ends the list
    ]
    return _instructions(machine, refused, only_local)


def _instructions(machine: int, refused: Iterable[int], last: Sequence[bytes] = ()) -> bytes:
    """Each of 8 bytes: code, jump if true, jump if false, value. Jumps count instructions to the refusal at the end.

    `last` stands before the permission for all that is left.
    """
    numbers = sorted(refused)
    to_refusal = len(numbers) + len(last) + 1
    code = [
        _instruction(_LOAD_WORD, _ARCHITECTURE_AT),
        _instruction(_JUMP_IF_EQUAL, machine, if_false=to_refusal + 2),
        _instruction(_LOAD_WORD, _NUMBER_AT),
        _instruction(_JUMP_IF_NOT_LESS, _OTHER_CALLS, if_true=to_refusal),
    ]
    code += [_instruction(_JUMP_IF_EQUAL, n, if_true=to_refusal - 1 - at) for at, n in enumerate(numbers)]
    return b"".join([*code, *last, _instruction(_RETURN, _ALLOW), _instruction(_RETURN, _REFUSE)])


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)
