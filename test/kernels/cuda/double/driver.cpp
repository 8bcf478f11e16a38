// A test double of libcuda, for machines without a GPU: kernels run on the host, as the double of nvrtc made them. It is
// stricter than a driver. What is asked of a stream, also a copy, is done when something waits for it and not before; each
// block of memory ends at a page that nobody may touch; a call with a wrong argument, without a context or in a wrong
// order, and a context that is released with something in it, end the process with a message.
#include "machine.h"

extern "C" {

int cuGetErrorName(int code, const char **text) {
  const auto found = NAMES.find(code);
  *text = found == NAMES.end() ? nullptr : found->second;
  return *text ? 0 : 1;
}

int cuGetErrorString(int code, const char **text) {
  *text = NAMES.count(code) ? "error of the test double" : nullptr;
  return *text ? 0 : 1;
}

int cuInit(unsigned flags) {
  const std::lock_guard guard(lock);
  if (flags != 0) misuse("cuInit: found flags %u, expected 0", flags);
  bool isUsed = false;
  for (const auto &device : devices) if (device->context.users > 0) isUsed = true;
  if (!isUsed) readSettings();
  if (!isInitialised) {
    isInitialised = true;
    struct sigaction action = {};
    action.sa_sigaction = onSegfault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigaction(SIGSEGV, &action, &before);
  }
  if (const int failure = failureOf("cuInit")) return failure;
  return devices.empty() ? 100 : 0;
}

int cuDriverGetVersion(int *version) {
  BEGIN("cuDriverGetVersion");
  *version = driver;
  return 0;
}

int cuDeviceGetCount(int *count) {
  BEGIN("cuDeviceGetCount");
  *count = devices.size();
  return 0;
}

int cuDeviceGet(int *device, int ordinal) {
  BEGIN("cuDeviceGet");
  deviceOf(ordinal);
  *device = ordinal;
  return 0;
}

int cuDeviceGetName(char *name, int length, int device) {
  BEGIN("cuDeviceGetName");
  snprintf(name, length, "%s", deviceOf(device).name.c_str());
  return 0;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  BEGIN("cuDeviceGetAttribute");
  const int capability = deviceOf(device).capability;
  if (attribute == 75) *value = capability / 10;
  else if (attribute == 76) *value = capability % 10;
  else misuse("cuDeviceGetAttribute: found attribute %d, which the double does not know", attribute);
  return 0;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  BEGIN("cuDeviceTotalMem_v2");
  *bytes = deviceOf(device).memory;
  return 0;
}

int cuDevicePrimaryCtxRetain(Context **context, int device) {
  BEGIN("cuDevicePrimaryCtxRetain");
  *context = &deviceOf(device).context;
  (*context)->users++;
  (*context)->owner = std::this_thread::get_id();
  return 0;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
  BEGIN("cuDevicePrimaryCtxRelease_v2");
  Context &context = deviceOf(device).context;
  if (context.users == 0) misuse("cuDevicePrimaryCtxRelease_v2: the context is not retained");
  if (--context.users > 0) return 0;
  // of a context that was lost, or whose thread has ended, nobody gives back what is in it
  if (!context.error && context.owner == std::this_thread::get_id()) {
    const size_t left = context.memory.size() + context.streams.size() + context.events.size() + context.modules.size();
    if (left > 0) {
      misuse("the context was released with %zu blocks of memory, %zu streams, %zu events, %zu modules",
             context.memory.size(), context.streams.size(), context.events.size(), context.modules.size());
    }
    for (const auto &[address, owner] : pinned) {
      if (owner == &context) misuse("the context was released with pinned host memory at %#lx", address);
    }
  }
  for (auto at = pinned.begin(); at != pinned.end();) at = at->second == &context ? pinned.erase(at) : std::next(at);
  for (auto &[_, memory] : context.memory) munmap(memory.mapping, memory.mapped);
  for (auto &[_, module] : context.modules) unload(module);
  context = Context();
  context.device = device;
  return 0;
}

int cuCtxSetCurrent(Context *context) {
  BEGIN("cuCtxSetCurrent");
  if (context && context->users == 0) misuse("cuCtxSetCurrent: the context is not retained");
  current = context;
  return 0;
}

int cuMemGetInfo_v2(size_t *free, size_t *total) {
  BEGIN_IN_CONTEXT("cuMemGetInfo_v2");
  *total = devices[current->device]->memory;
  *free = *total - current->taken;
  return 0;
}

int cuMemAlloc_v2(uint64_t *address, size_t bytes) {
  BEGIN_IN_CONTEXT("cuMemAlloc_v2");
  if (bytes == 0) misuse("cuMemAlloc_v2: found 0 bytes");
  if (current->taken + bytes > devices[current->device]->memory) return 2;
  // the last byte is right before a page that nobody may touch, as far as 16 bytes of alignment allow
  const size_t usable = (bytes + PAGE - 1) / PAGE * PAGE;
  char *mapping = static_cast<char *>(mmap(nullptr, usable + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  if (mapping == MAP_FAILED) return 2;
  mprotect(mapping + PAGE, usable, PROT_READ | PROT_WRITE);
  memset(mapping + PAGE, 0xa5, usable);
  *address = reinterpret_cast<uint64_t>(mapping + PAGE + usable - (bytes + 15) / 16 * 16);
  current->memory[*address] = {mapping, usable + 2 * PAGE, bytes};
  current->taken += bytes;
  return 0;
}

int cuMemFree_v2(uint64_t address) {
  BEGIN_IN_CONTEXT("cuMemFree_v2");
  const Memory memory = of(current->memory, address, "memory");
  // as the driver does
  for (auto &[_, stream] : current->streams) drain(stream);
  munmap(memory.mapping, memory.mapped);
  current->taken -= memory.bytes;
  current->memory.erase(address);
  return 0;
}

int cuMemHostRegister_v2(void *words, size_t bytes, unsigned flags) {
  BEGIN_IN_CONTEXT("cuMemHostRegister_v2");
  if (flags != 1) misuse("cuMemHostRegister_v2: found flags %u, expected 1: for all GPUs", flags);
  const uint64_t address = reinterpret_cast<uint64_t>(words);
  if (bytes == 0 || address % PAGE != 0 || bytes % PAGE != 0) {
    misuse("cuMemHostRegister_v2: found %zu bytes from %p, expected whole pages", bytes, words);
  }
  // readable and writable to its end
  volatile char *end = static_cast<char *>(words) + bytes - 1;
  *end = *end;
  if (!pinned.emplace(address, current).second) misuse("cuMemHostRegister_v2: %p is pinned already", words);
  return 0;
}

int cuMemHostUnregister(void *words) {
  BEGIN_IN_CONTEXT("cuMemHostUnregister");
  if (pinned.erase(reinterpret_cast<uint64_t>(words)) == 0) misuse("cuMemHostUnregister: %p is not pinned", words);
  return 0;
}

int cuStreamCreate(uint64_t *stream, unsigned flags) {
  BEGIN_IN_CONTEXT("cuStreamCreate");
  if (flags != 1) misuse("cuStreamCreate: found flags %u, expected 1", flags);
  current->streams[*stream = ++lastHandle];
  return 0;
}

int cuStreamSynchronize(uint64_t stream) {
  BEGIN_IN_CONTEXT("cuStreamSynchronize");
  drain(of(current->streams, stream, "stream"));
  return 0;
}

int cuStreamDestroy_v2(uint64_t stream) {
  BEGIN_IN_CONTEXT("cuStreamDestroy_v2");
  if (!of(current->streams, stream, "stream").empty()) misuse("cuStreamDestroy_v2: nobody waited for what is left in it");
  current->streams.erase(stream);
  return 0;
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, uint64_t stream) {
  BEGIN_IN_CONTEXT("cuMemcpyHtoDAsync_v2");
  checkRange(to, bytes, "cuMemcpyHtoDAsync_v2");
  of(current->streams, stream, "stream").push_back([=] { memcpy(reinterpret_cast<void *>(to), from, bytes); });
  return 0;
}

int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, uint64_t stream) {
  BEGIN_IN_CONTEXT("cuMemcpyDtoHAsync_v2");
  checkRange(from, bytes, "cuMemcpyDtoHAsync_v2");
  of(current->streams, stream, "stream").push_back([=] { memcpy(to, reinterpret_cast<void *>(from), bytes); });
  return 0;
}

int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, uint64_t stream) {
  BEGIN_IN_CONTEXT("cuMemcpyDtoDAsync_v2");
  checkRange(to, bytes, "cuMemcpyDtoDAsync_v2");
  checkRange(from, bytes, "cuMemcpyDtoDAsync_v2");
  of(current->streams, stream, "stream").push_back([=] {
    memcpy(reinterpret_cast<void *>(to), reinterpret_cast<void *>(from), bytes);
  });
  return 0;
}

int cuMemsetD32Async(uint64_t address, unsigned value, size_t count, uint64_t stream) {
  BEGIN_IN_CONTEXT("cuMemsetD32Async");
  checkRange(address, 4 * count, "cuMemsetD32Async");
  of(current->streams, stream, "stream").push_back([=] {
    for (size_t k = 0; k < count; k++) reinterpret_cast<unsigned *>(address)[k] = value;
  });
  return 0;
}

int cuEventCreate(uint64_t *event, unsigned flags) {
  BEGIN_IN_CONTEXT("cuEventCreate");
  if (flags != 0) misuse("cuEventCreate: found flags %u, expected 0: with times", flags);
  current->events[*event = ++lastHandle];
  return 0;
}

int cuEventRecord(uint64_t event, uint64_t stream) {
  BEGIN_IN_CONTEXT("cuEventRecord");
  Event &one = of(current->events, event, "event");
  one.isRecorded = true;
  one.isDone = false;
  of(current->streams, stream, "stream").push_back([&one] {
    one.isDone = true;
    one.time = std::chrono::steady_clock::now();
  });
  return 0;
}

int cuEventSynchronize(uint64_t event) {
  BEGIN_IN_CONTEXT("cuEventSynchronize");
  const Event &one = of(current->events, event, "event");
  if (!one.isRecorded) misuse("cuEventSynchronize: the event was not recorded");
  for (auto &[_, stream] : current->streams) {
    for (; !one.isDone && !stream.empty(); stream.pop_front()) stream.front()();
  }
  return 0;
}

int cuEventElapsedTime(float *milliseconds, uint64_t start, uint64_t end) {
  BEGIN_IN_CONTEXT("cuEventElapsedTime");
  const Event &first = of(current->events, start, "event"), &last = of(current->events, end, "event");
  if (!first.isDone || !last.isDone) misuse("cuEventElapsedTime: nobody waited for the events");
  *milliseconds = std::chrono::duration<float, std::milli>(last.time - first.time).count();
  return 0;
}

int cuEventDestroy_v2(uint64_t event) {
  BEGIN_IN_CONTEXT("cuEventDestroy_v2");
  of(current->events, event, "event");
  current->events.erase(event);
  return 0;
}

int cuModuleLoadData(uint64_t *handle, const char *image) {
  BEGIN_IN_CONTEXT("cuModuleLoadData");
  const bool isPtx = image[0] == '/' && image[1] == '/';
  if (!isPtx && memcmp(image, ELFMAG, SELFMAG) != 0) return 200;
  std::string content;
  if (isPtx) {
    std::ifstream file(image + 2, std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(file), {});
  } else {
    content.assign(image, sizeOf(image));
  }
  // a file of its own, so that the devices do not share what the module has in memory
  const int file = memfd_create("module", 0);
  if (write(file, content.data(), content.size()) != (ssize_t)content.size()) misuse("cuModuleLoadData: no memory");
  // open as long as the module is there: the loader would take another one of its name for the same
  const Module module = {dlopen(("/proc/self/fd/" + std::to_string(file)).c_str(), RTLD_NOW | RTLD_LOCAL), file};
  if (!module.library) misuse("cuModuleLoadData: %s", dlerror());
  const int capability = *static_cast<const int *>(dlsym(module.library, "capability"));
  const int own = devices[current->device]->capability;
  // machine code is of one major capability; of PTX any device makes its own
  if (capability > own || (!isPtx && capability / 10 != own / 10)) {
    unload(module);
    return 209;
  }
  current->modules[*handle = ++lastHandle] = module;
  return 0;
}

int cuModuleGetFunction(uint64_t *function, uint64_t module, const char *name) {
  BEGIN_IN_CONTEXT("cuModuleGetFunction");
  const Module &one = of(current->modules, module, "module");
  const auto find = [&](const char *what) { return dlsym(one.library, (what + std::string(name)).c_str()); };
  if (!find("launch_")) return 500;
  const unsigned bound = *static_cast<const unsigned *>(find("bound_"));
  auto found = std::make_unique<Function>(
      Function{reinterpret_cast<Launch>(find("launch_")), static_cast<const unsigned *>(find("sizes_")), bound});
  *function = reinterpret_cast<uint64_t>(found.get());
  current->functions[*function] = std::move(found);
  return 0;
}

int cuModuleUnload(uint64_t module) {
  BEGIN_IN_CONTEXT("cuModuleUnload");
  unload(of(current->modules, module, "module"));
  current->modules.erase(module);
  return 0;
}

int cuLaunchKernel(uint64_t function, unsigned blocksX, unsigned blocksY, unsigned blocksZ, unsigned threadsX,
                   unsigned threadsY, unsigned threadsZ, unsigned shared, uint64_t stream, void **parameters, void **extra) {
  BEGIN_IN_CONTEXT("cuLaunchKernel");
  const Function one = *of(current->functions, function, "function");
  const uint64_t threads = (uint64_t)threadsX * threadsY * threadsZ;
  if (threads == 0 || threads > one.bound || threads > 1024) {
    misuse("cuLaunchKernel: found %lu threads a block, expected 1..%u", threads, one.bound);
  }
  const auto isIn = [](unsigned n, unsigned most) { return n > 0 && n <= most; };
  const bool isGrid = isIn(blocksX, 2147483647) && isIn(blocksY, 65535) && isIn(blocksZ, 65535);
  if (!isGrid) misuse("cuLaunchKernel: found %u × %u × %u blocks", blocksX, blocksY, blocksZ);
  if (shared != 0 || extra || !parameters) misuse("cuLaunchKernel: found shared memory, extra or no parameters");
  // they may change as soon as this returns
  auto values = std::make_shared<std::vector<std::vector<char>>>();
  for (size_t k = 0; one.sizes[k] != 0; k++) {
    const char *value = static_cast<char *>(parameters[k]);
    if (!value) misuse("cuLaunchKernel: found no parameter %zu", k);
    values->emplace_back(value, value + one.sizes[k]);
  }
  of(current->streams, stream, "stream").push_back([=] {
    const unsigned blocks[] = {blocksX, blocksY, blocksZ}, block[] = {threadsX, threadsY, threadsZ};
    std::vector<void *> addresses;
    for (auto &value : *values) addresses.push_back(value.data());
    isInKernel = true;
    one.launch(blocks, block, addresses.data());
    isInKernel = false;
  });
  return 0;
}
}
