# The same comparisons as a user of PyTorch or CuPy would write them on packed records, timed on the GPU.
#
# Arguments: a folder with the words of outputs, expected and index, the sizes, the rounds, and the library.
# Writes the words that it finds for each size to result-SIZE and prints a line of JSON.
import json, os, sys, time
try: import numpy as np
except ImportError as error: sys.exit(str(error))

folder, sizes, rounds, name = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
M1, M2, M4, SUM = 0x55555555, 0x33333333, 0x0F0F0F0F, 0x01010101

class Torch:
    def __init__(self, compiled=False):
        import torch
        if not torch.cuda.is_available(): raise RuntimeError('torch ' + torch.__version__ + ' finds no GPU')
        self.xp, self.device = torch, torch.cuda.get_device_name(0)
        self.version = 'torch ' + torch.__version__ + (', torch.compile' if compiled else '')
        self.match = torch.compile(self.plain, dynamic=False) if compiled else self.plain
    def plain(self, *arrays): return match(self.xp, *arrays)
    def host(self, words): return self.xp.from_numpy(words).pin_memory()
    def upload(self, words): return words.to('cuda', non_blocking=True)
    def download(self, words): return words.cpu().numpy()
    def settle(self): self.xp.cuda.synchronize()
    def seconds(self, step):
        start, end = (self.xp.cuda.Event(enable_timing=True) for _ in range(2))
        start.record(); step(); end.record(); end.synchronize()
        return start.elapsed_time(end) / 1000

class TorchCompiled(Torch):
    def __init__(self): super().__init__(compiled=True)

class CuPy:
    def __init__(self):
        import cupy, cupyx
        self.xp, self.pinned = cupy, cupyx.empty_like_pinned
        self.device = cupy.cuda.runtime.getDeviceProperties(0)['name'].decode()
        self.version = 'cupy ' + cupy.__version__
    def match(self, *arrays): return match(self.xp, *arrays)
    def host(self, words):
        own = self.pinned(words)
        own[...] = words
        return own
    def upload(self, words): return self.xp.asarray(words)
    def download(self, words): return words.get()
    def settle(self): self.xp.cuda.Device().synchronize()
    def seconds(self, step):
        start, end = self.xp.cuda.Event(), self.xp.cuda.Event()
        start.record(); step(); end.record(); end.synchronize()
        return self.xp.cuda.get_elapsed_time(start, end) / 1000

class NumPy:
    def __init__(self): self.xp, self.version, self.device = np, 'numpy ' + np.__version__, 'CPU'
    def match(self, *arrays): return match(self.xp, *arrays)
    def host(self, words): return words
    def upload(self, words): return words.copy()
    def download(self, words): return words.copy()
    def settle(self): pass
    def seconds(self, step):
        start = time.perf_counter(); step()
        return time.perf_counter() - start

def match(xp, outputs, expected, index, masks):
    e = expected[index]
    x = outputs ^ e
    h, w = xp.minimum(outputs[:, 30], e[:, 30]), xp.minimum(outputs[:, 62], e[:, 62])
    # a bit for each cell of the common box that differs, then how many there are
    d = (x[:, 0:32] | x[:, 32:64] | x[:, 64:96] | x[:, 96:128]) & masks[h * 31 + w]
    d = d - ((d >> 1) & M1)
    d = (d & M2) + ((d >> 2) & M2)
    d = (((d + (d >> 4)) & M4) * SUM) >> 24
    equal = h * w - d.sum(1)
    same = (outputs[:, 30] == e[:, 30]) & (outputs[:, 62] == e[:, 62]) & (outputs[:, 30] > 0)
    result = xp.zeros_like(outputs[:, :4])
    result[:, 0] = same & (equal == h * w)
    result[:, 1] = same
    result[:, 2] = equal
    result[:, 3] = xp.maximum(outputs[:, 30], e[:, 30]) * xp.maximum(outputs[:, 62], e[:, 62])
    return result

def opened():
    try: return {'torch': Torch, 'torch.compile': TorchCompiled, 'cupy': CuPy, 'numpy': NumPy}[name]()
    except Exception as error: sys.exit(type(error).__name__ + ': ' + str(error).strip().split('\n')[0])

def median(step, count=rounds):
    step()
    return sorted(step() for _ in range(count))[count // 2]

def timed(library, words):
    hosts = [library.host(each) for each in words]
    devices = [library.upload(each) for each in hosts]
    result = library.match(*devices)
    library.download(result).astype(np.int32).tofile(os.path.join(folder, 'result-%d' % len(words[0])))
    def whole():
        start = time.perf_counter()
        uploaded = [library.upload(each) for each in hosts[:3]]
        library.download(library.match(*uploaded, devices[3]))
        return time.perf_counter() - start
    def upload(): [library.upload(each) for each in hosts[:3]]
    return dict(
        comparisons=len(words[0]),
        upload=median(lambda: library.seconds(upload)),
        kernel=median(lambda: library.seconds(lambda: library.match(*devices))),
        readback=median(lambda: library.seconds(lambda: library.download(result))),
        end_to_end=median(whole))

# masks[31 * height + width]: the cells of a box in the rows of a plane
masks = np.zeros((31, 31, 32), np.int32)
for height in range(31):
    for width in range(31): masks[height, width, :height] = (1 << width) - 1
masks = masks.reshape(961, 32)
outputs = np.fromfile(os.path.join(folder, 'outputs'), np.int32).reshape(-1, 128)
expected = np.fromfile(os.path.join(folder, 'expected'), np.int32).reshape(-1, 128)
index = np.fromfile(os.path.join(folder, 'index'), np.int32)
library = opened()
for size in sizes:
    times = timed(library, [outputs[:size].copy(), expected, index[:size].copy(), masks])
    print(json.dumps(dict(version=library.version, device=library.device, **times)), flush=True)
