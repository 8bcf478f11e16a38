// The machine that the test double of libcuda stands for: its GPUs, what is on them, and what is wrong with it.
//
// The variable CUDA_DOUBLE says what machine it is, at cuInit: settings `name=value`, separated by semicolons.
//   devices=2          GPUs, default 1
//   capability=89,75   of each, the last one of all others; default 89
//   name=A,B           of each, the last one of all others
//   memory=1000000     bytes of each GPU, default 2^34
//   driver=12040       newest CUDA of the driver
//   fail=cuMemAlloc_v2:3:2,…   the third call of that function gives error 2; those that stop a device go on
#include <chrono>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <elf.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

const size_t PAGE = 4096;
const std::map<int, const char *> NAMES = {
    {1, "CUDA_ERROR_INVALID_VALUE"},       {2, "CUDA_ERROR_OUT_OF_MEMORY"},    {34, "CUDA_ERROR_STUB_LIBRARY"},
    {46, "CUDA_ERROR_DEVICE_UNAVAILABLE"}, {100, "CUDA_ERROR_NO_DEVICE"},      {200, "CUDA_ERROR_INVALID_IMAGE"},
    {209, "CUDA_ERROR_NO_BINARY_FOR_GPU"}, {214, "CUDA_ERROR_ECC_UNCORRECTABLE"},
    {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"}, {500, "CUDA_ERROR_NOT_FOUND"},
    {700, "CUDA_ERROR_ILLEGAL_ADDRESS"},   {702, "CUDA_ERROR_LAUNCH_TIMEOUT"}, {719, "CUDA_ERROR_LAUNCH_FAILED"},
    {801, "CUDA_ERROR_NOT_SUPPORTED"},     {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"}};
/** Errors after which nothing in the context works. */
const std::set<int> STOPPING = {214, 700, 702, 719};

using Launch = void (*)(const unsigned *, const unsigned *, void **);
struct Function {
  Launch launch;
  const unsigned *sizes;
  unsigned bound;
};
struct Event {
  bool isRecorded = false, isDone = false;
  std::chrono::steady_clock::time_point time;
};
struct Memory {
  char *mapping;
  size_t mapped, bytes;
};
struct Module {
  void *library;
  int file;
};
struct Context {
  int device, users = 0, error = 0;
  std::thread::id owner;
  size_t taken = 0;
  std::map<uint64_t, Memory> memory;
  std::map<uint64_t, std::deque<std::function<void()>>> streams;
  std::map<uint64_t, Event> events;
  std::map<uint64_t, Module> modules;
  std::map<uint64_t, std::unique_ptr<Function>> functions;
};
struct Device {
  std::string name;
  int capability;
  size_t memory;
  Context context;
};

std::recursive_mutex lock;
std::vector<std::unique_ptr<Device>> devices;
bool isInitialised = false;
int driver = 12040;
std::map<std::string, std::map<int, int>> failures;
std::map<std::string, int> calls;
std::map<uint64_t, const Context *> pinned;
uint64_t lastHandle = 0x1000;
thread_local Context *current = nullptr;
thread_local bool isInKernel = false;
struct sigaction before;

[[noreturn]] __attribute__((format(printf, 1, 2))) void misuse(const char *format, ...) {
  va_list words;
  va_start(words, format);
  fprintf(stderr, "double of libcuda: ");
  vfprintf(stderr, format, words);
  fprintf(stderr, "\n");
  abort();
}

std::vector<std::string> split(const std::string &text, char border) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, border);) parts.push_back(part);
  return parts;
}

void readSettings() {
  std::map<std::string, std::string> settings;
  const char *text = getenv("CUDA_DOUBLE");
  for (const std::string &setting : split(text ? text : "", ';')) {
    const size_t at = setting.find('=');
    if (at == std::string::npos) misuse("CUDA_DOUBLE: found %s, expected name=value", setting.c_str());
    settings[setting.substr(0, at)] = setting.substr(at + 1);
  }
  const auto get = [&](const char *name, const char *usual) {
    const auto found = settings.find(name);
    const std::string value = found == settings.end() ? usual : found->second;
    if (found != settings.end()) settings.erase(found);
    return value;
  };
  const int count = std::stoi(get("devices", "1"));
  const auto names = split(get("name", "test double of a GPU"), ','), capabilities = split(get("capability", "89"), ',');
  const size_t memory = std::stoull(get("memory", "17179869184"));
  driver = std::stoi(get("driver", "12040"));
  failures.clear();
  calls.clear();
  for (const std::string &failure : split(get("fail", ""), ',')) {
    const auto parts = split(failure, ':');
    if (parts.size() != 3) misuse("CUDA_DOUBLE: found fail=%s, expected <function>:<call>:<error>", failure.c_str());
    failures[parts[0]][std::stoi(parts[1])] = std::stoi(parts[2]);
  }
  if (!settings.empty()) misuse("CUDA_DOUBLE: found %s", settings.begin()->first.c_str());
  devices.clear();
  for (int k = 0; k < count; k++) {
    const auto of = [&](const std::vector<std::string> &list) { return list[std::min<size_t>(k, list.size() - 1)]; };
    devices.push_back(std::make_unique<Device>(Device{of(names), std::stoi(of(capabilities)), memory, {}}));
    devices.back()->context.device = k;
  }
}

/** The failure that the settings want of this call, else 0. */
int failureOf(const char *name) {
  if (!isInitialised) misuse("%s before cuInit", name);
  const int failure = failures[name][++calls[name]];
  if (failure && current && STOPPING.count(failure)) current->error = failure;
  return failure;
}

// The beginning of every call: one at a time, and the failures that are wanted.
#define BEGIN(name)                                     \
  const std::lock_guard guard(lock);                    \
  if (const int failure = failureOf(name)) return failure;
#define BEGIN_IN_CONTEXT(name)                                               \
  const std::lock_guard guard(lock);                                         \
  if (!current) misuse("%s: no context is current in this thread", name);    \
  if (current->error) return current->error;                                 \
  if (const int failure = failureOf(name)) return failure;

Device &deviceOf(int device) {
  if (device < 0 || device >= (int)devices.size()) misuse("found device %d, there are %zu", device, devices.size());
  return *devices[device];
}

template <class Map> auto &of(Map &map, uint64_t handle, const char *what) {
  const auto found = map.find(handle);
  if (found == map.end()) misuse("found %s %#lx, which this context has not", what, handle);
  return found->second;
}

void checkRange(uint64_t address, size_t bytes, const char *call) {
  if (bytes == 0) misuse("%s: found 0 bytes", call);
  auto after = current->memory.upper_bound(address);
  if (after == current->memory.begin()) misuse("%s: %#lx is no memory of the device", call, address);
  const auto &[start, memory] = *--after;
  if (address + bytes > start + memory.bytes) {
    misuse("%s: %zu bytes from %#lx, expected within %zu from %#lx", call, bytes, address, memory.bytes, start);
  }
}

void drain(std::deque<std::function<void()>> &stream) {
  for (; !stream.empty(); stream.pop_front()) stream.front()();
}

void onSegfault(int signal, siginfo_t *info, void *context) {
  if (isInKernel) misuse("a kernel was at %p, which is no memory of the device", info->si_addr);
  if (before.sa_flags & SA_SIGINFO && before.sa_sigaction) before.sa_sigaction(signal, info, context);
  else sigaction(signal, &before, nullptr);
}

void unload(const Module &module) {
  dlclose(module.library);
  close(module.file);
}

/** Bytes of an ELF file that g++ made: the table of sections is its end. */
size_t sizeOf(const char *image) {
  const auto *header = reinterpret_cast<const Elf64_Ehdr *>(image);
  return header->e_shoff + (size_t)header->e_shnum * header->e_shentsize;
}

}  // namespace
