"""psutil, where it is installed: it tells of other processes what some systems tell in no file."""


def library():
    """Its class of processes, or None."""
    try:
        import psutil
    except ImportError:
        return None
    return psutil.Process


def errors():
    """What it raises for a process that has ended, or that it may not or cannot look at."""
    import psutil

    return psutil.Error, OSError, NotImplementedError, AttributeError


def ask(pid, question):
    """`question(process)`, or None where nobody can answer."""
    if library() is None:
        return None
    try:
        return question(library()(pid))
    except errors():
        return None
