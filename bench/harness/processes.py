"""psutil, where it is installed: it tells of other processes what some systems tell in no file."""


def module():
    try:
        import psutil
    except ImportError:
        return None
    return psutil


def errors():
    """What it raises for a process that has ended, or that it may not or cannot look at."""
    return module().Error, OSError, NotImplementedError, AttributeError


def ask(pid, question):
    """`question(process)`, or None where nobody can answer."""
    if module() is None:
        return None
    try:
        return question(module().Process(pid))
    except errors():
        return None
