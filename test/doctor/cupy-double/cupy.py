"""Test double of CuPy for machines without a GPU: numpy computes, and as little as with CuPy are its arrays taken for the GPU's."""
import time
import numpy

__version__ = "double"


class ndarray:
    def __init__(self, words):
        self._words = words

    def get(self):
        return self._words.copy()

    def sum(self, axis):
        return ndarray(self._words.sum(axis))

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        return ndarray(self._words[tuple(_words(each) for each in keys)])

    def __setitem__(self, key, value):
        self._words[key] = _words(value)


def _words(value):
    if isinstance(value, ndarray):
        return value._words
    if isinstance(value, numpy.ndarray):
        raise TypeError(f"Unsupported type {type(value)}")
    return value


def _method(name):
    def method(self, other):
        return ndarray(getattr(self._words, name)(_words(other)))

    setattr(ndarray, name, method)


for _name in ("and", "or", "xor", "add", "sub", "mul", "lshift", "rshift", "eq", "gt"):
    _method(f"__{_name}__")


def asarray(words):
    return ndarray(numpy.array(words))


def minimum(a, b):
    return ndarray(numpy.minimum(_words(a), _words(b)))


def maximum(a, b):
    return ndarray(numpy.maximum(_words(a), _words(b)))


def zeros_like(like):
    return ndarray(numpy.zeros_like(_words(like)))


def empty_like(like):
    return ndarray(numpy.empty_like(_words(like)))


def copyto(to, source):
    numpy.copyto(_words(to), _words(source))


class cuda:
    class runtime:
        @staticmethod
        def getDeviceProperties(number):
            return {"name": b"a double of CuPy on the CPU"}

    class Device:
        def synchronize(self):
            pass

    class Event:
        def record(self):
            self._time = time.perf_counter()

        def synchronize(self):
            self._waited = True

    @staticmethod
    def get_elapsed_time(start, end):
        assert end._waited, "nobody waited for the event"
        return 1000 * (end._time - start._time)
