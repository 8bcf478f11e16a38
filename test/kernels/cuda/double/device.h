// CUDA C for the host, as far as the kernels use it: what stands before a kernel's text when the double of nvrtc compiles it
// with g++. The threads of a block are fibers, so that they really meet in a shuffle, and a thread that does not come is
// found out. It knows nothing of how fast a GPU is, of its caches, or of two blocks at a time.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <utility>
#include <vector>
#include <ucontext.h>

#define __global__
#define __device__ static inline
#define __launch_bounds__(threads)

struct alignas(16) uint4 { unsigned x, y, z, w; };
struct alignas(16) int4 { int x, y, z, w; };
struct alignas(8) int2 { int x, y; };
struct Index { unsigned x, y, z; };

static inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
static inline int __popc(unsigned word) { return __builtin_popcount(word); }
template <class T> static inline T min(T a, T b) { return b < a ? b : a; }
template <class T> static inline T max(T a, T b) { return a < b ? b : a; }

namespace fibers {

const unsigned WARP = 32;
const size_t STACK = 64 << 10;
enum State { READY, WAITING, ENDED };

struct Fiber {
  ucontext_t context;
  State state;
  // of the shuffle that it waits for: who takes part, what it brings, and from which lane it takes
  unsigned mask, value, from;
};

struct Block {
  Index index, blocks, threads;
  std::vector<Fiber> fibers;

  ucontext_t scheduler;
  unsigned running;
  void (*body)(void **);
  void **parameters;
};

static Block *block;

[[noreturn]] static inline void misuse(const char *what) {
  fprintf(stderr, "double of CUDA: thread %u of block %u: %s\n", block->running, block->index.x, what);
  abort();
}

static inline Index threadIndex() {
  const unsigned width = block->threads.x, height = block->threads.y;
  return {block->running % width, block->running / width % height, block->running / width / height};
}

static void begin() {
  block->body(block->parameters);
  block->fibers[block->running].state = ENDED;
  swapcontext(&block->fibers[block->running].context, &block->scheduler);
}

// Waits until all threads of the mask are here.
static inline unsigned exchange(unsigned mask, unsigned value, unsigned from) {
  Fiber &own = block->fibers[block->running];
  if (!(mask >> block->running % WARP & 1)) misuse("its own bit is not in the mask of a shuffle");
  own.mask = mask;
  own.value = value;
  own.from = from;
  own.state = WAITING;
  swapcontext(&own.context, &block->scheduler);
  return own.value;
}

// Lets the threads of a warp go on whose shuffle is complete; whether there were any.
static inline bool complete(unsigned first) {
  const unsigned end = min<unsigned>(first + WARP, block->fibers.size());
  bool any = false;
  unsigned values[WARP] = {};
  unsigned here = 0;
  for (unsigned thread = first; thread < end; thread++) {
    values[thread - first] = block->fibers[thread].value;
    if (block->fibers[thread].state == WAITING) here |= 1u << (thread - first);
  }
  for (unsigned thread = first; thread < end; thread++) {
    Fiber &fiber = block->fibers[thread];
    if (!(here >> (thread - first) & 1) || (fiber.mask & here) != fiber.mask) continue;
    fiber.value = values[fiber.from];
    fiber.state = READY;
    any = true;
  }
  return any;
}

static void run(const unsigned *blocks, const unsigned *threads, void (*body)(void **), void **parameters) {
  Block one;
  block = &one;
  one.blocks = {blocks[0], blocks[1], blocks[2]};
  one.threads = {threads[0], threads[1], threads[2]};
  one.body = body;
  one.parameters = parameters;
  const unsigned count = threads[0] * threads[1] * threads[2];
  one.fibers.resize(count);
  static std::vector<char> stacks;
  if (stacks.size() < count * STACK) stacks.resize(count * STACK);
  for (unsigned number = 0; number < blocks[0] * blocks[1] * blocks[2]; number++) {
    one.index = {number % blocks[0], number / blocks[0] % blocks[1], number / blocks[0] / blocks[1]};
    for (unsigned thread = 0; thread < count; thread++) {
      Fiber &fiber = one.fibers[thread];
      fiber.state = READY;
      getcontext(&fiber.context);
      fiber.context.uc_stack.ss_sp = &stacks[thread * STACK];
      fiber.context.uc_stack.ss_size = STACK;
      fiber.context.uc_link = nullptr;
      makecontext(&fiber.context, begin, 0);
    }
    for (bool isLeft = true; isLeft;) {
      isLeft = false;
      for (unsigned k = 0; k < count; k++) {
        // no order of the threads is promised: every other block has the last one first
        one.running = number % 2 == 0 ? k : count - 1 - k;
        Fiber &fiber = one.fibers[one.running];
        if (fiber.state == READY) swapcontext(&one.scheduler, &fiber.context);
        if (fiber.state != ENDED) isLeft = true;
      }
      bool isStuck = isLeft;
      for (unsigned first = 0; first < count; first += WARP) if (complete(first)) isStuck = false;
      if (isStuck) misuse("waits in a shuffle for a thread that does not come");
    }
  }
  block = nullptr;
}

}  // namespace fibers

#define threadIdx (fibers::threadIndex())
#define blockIdx (fibers::block->index)
#define blockDim (fibers::block->threads)
#define gridDim (fibers::block->blocks)

// Words of 32 bits. Segments of a warp are `width` lanes.
template <class T> static inline T __shfl_sync(unsigned mask, T value, int lane, int width = 32) {
  const unsigned own = fibers::block->running % fibers::WARP;
  const unsigned from = (own & ~(width - 1u)) | (lane & (width - 1u));
  return (T)fibers::exchange(mask, (unsigned)value, from);
}
template <class T> static inline T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = 32) {
  const unsigned own = fibers::block->running % fibers::WARP;
  const unsigned from = own ^ lanes;
  return (T)fibers::exchange(mask, (unsigned)value, from / width == own / width ? from : own);
}

static inline int atomicAdd(int *address, int value) {
  const int before = *address;
  *address = before + value;
  return before;
}

// What the double of the driver finds a kernel by: how to launch it, the sizes of its parameters (0 at their end), and the
// most threads of a block.
template <class... Types> static constexpr std::tuple<Types...> *typesOf(void (*)(Types...)) { return nullptr; }
template <auto kernel, class... Types, size_t... k>
static inline void callWith(void **parameters, std::tuple<Types...> *, std::index_sequence<k...>) {
  kernel(*static_cast<Types *>(parameters[k])...);
}
template <auto kernel, class... Types> static inline void callOf(void **parameters, std::tuple<Types...> *types) {
  callWith<kernel>(parameters, types, std::index_sequence_for<Types...>());
}
template <auto kernel> static void call(void **parameters) { callOf<kernel>(parameters, typesOf(kernel)); }
template <class... Types> struct Sizes {
  const unsigned of[sizeof...(Types) + 1] = {sizeof(Types)..., 0};
};
template <class... Types> static constexpr Sizes<Types...> sizesOf(void (*)(Types...)) { return {}; }

#define KERNEL(name, bound)                                                                            \
  extern "C" void launch_##name(const unsigned *blocks, const unsigned *threads, void **parameters) { \
    fibers::run(blocks, threads, call<name>, parameters);                                              \
  }                                                                                                    \
  extern "C" { extern const decltype(sizesOf(name)) sizes_##name; }                                    \
  const decltype(sizesOf(name)) sizes_##name = sizesOf(name);                                          \
  extern "C" { extern const unsigned bound_##name; }                                                   \
  const unsigned bound_##name = bound;
