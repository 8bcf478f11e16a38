// A test double of libnvrtc, for machines without a GPU: kernels become machine code of the host, by g++ and device.h, which
// must lie beside this library. What was compiled once is kept there, too.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <regex>
#include <sstream>
#include <string>
#include <unistd.h>

namespace {

enum Result { SUCCESS, OUT_OF_MEMORY, CREATION, INVALID_INPUT, INVALID_PROGRAM, INVALID_OPTION, COMPILATION };
const int CAPABILITIES[] = {75, 80, 86, 89, 90};

struct Program {
  std::string source, log, cubin, ptx;
};

std::mutex lock;
std::map<size_t, Program> programs;
size_t last = 0;

std::string folder() {
  Dl_info info;
  dladdr(reinterpret_cast<void *>(&folder), &info);
  const std::string file = info.dli_fname;
  return file.substr(0, file.rfind('/'));
}

std::string contentOf(const std::string &file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The kernels of a text, each with the most threads of a block, as device.h wants them named.
std::string kernelsOf(const std::string &source) {
  const std::regex pattern("__global__\\s+void\\s+__launch_bounds__\\((\\d+)\\)\\s*(\\w+)\\(");
  std::string kernels;
  for (std::sregex_iterator at(source.begin(), source.end(), pattern), end; at != end; ++at) {
    kernels += "KERNEL(" + (*at)[2].str() + ", " + (*at)[1].str() + ")\n";
  }
  return kernels;
}

// Compiles with g++; undefined behaviour in a kernel ends the process.
bool compile(Program &program, const std::string &capability) {
  const std::string text = "#include \"device.h\"\nextern \"C\" { extern const int capability; }\nconst int capability = " +
                           capability + ";\n#line 1 \"batt.cu\"\n" + program.source + "\n" + kernelsOf(program.source);
  const std::string name = folder() + "/" + std::to_string(std::hash<std::string>()(text));
  const std::string library = name + ".so";
  if (access(library.c_str(), R_OK) != 0) {
    const std::string scratch = name + "." + std::to_string(getpid()) + "." + std::to_string(last);
    std::ofstream(scratch + ".cpp") << text;
    const std::string options = "-std=c++17 -O2 -shared -fPIC -fsanitize=undefined -fsanitize-undefined-trap-on-error";
    const std::string command = "g++ " + options + " -I'" + folder() + "' -o '" + scratch + ".so' '" + scratch +
                                ".cpp' 2> '" + scratch + ".log'";
    const bool isDone = std::system(command.c_str()) == 0;
    program.log = contentOf(scratch + ".log");
    if (isDone) std::rename((scratch + ".so").c_str(), library.c_str());
    unlink((scratch + ".cpp").c_str());
    unlink((scratch + ".log").c_str());
    if (!isDone) return false;
  }
  program.cubin = contentOf(library);
  // what the double of the driver takes for PTX
  program.ptx = "//" + library;
  return true;
}

Program *find(size_t handle) {
  const auto found = programs.find(handle);
  return found == programs.end() ? nullptr : &found->second;
}

int give(const std::string &text, bool withZero, size_t *size, char *to) {
  if (size) *size = text.size() + withZero;
  if (to) memcpy(to, text.c_str(), text.size() + withZero);
  return SUCCESS;
}

}  // namespace

extern "C" {

const char *nvrtcGetErrorString(int result) { return result == COMPILATION ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR"; }

int nvrtcVersion(int *major, int *minor) {
  *major = 12;
  *minor = 4;
  return SUCCESS;
}

int nvrtcGetNumSupportedArchs(int *count) {
  *count = std::size(CAPABILITIES);
  return SUCCESS;
}

int nvrtcGetSupportedArchs(int *capabilities) {
  memcpy(capabilities, CAPABILITIES, sizeof CAPABILITIES);
  return SUCCESS;
}

int nvrtcCreateProgram(size_t *handle, const char *source, const char *, int headers, const char *const *,
                       const char *const *) {
  const std::lock_guard guard(lock);
  if (!handle || !source || headers != 0) return INVALID_INPUT;
  programs[*handle = ++last].source = source;
  return SUCCESS;
}

int nvrtcCompileProgram(size_t handle, int count, const char *const *options) {
  const std::lock_guard guard(lock);
  Program *program = find(handle);
  if (!program) return INVALID_PROGRAM;
  std::cmatch found;
  if (count != 1 || !std::regex_match(options[0], found, std::regex("--gpu-architecture=(sm|compute)_(\\d+)"))) {
    return INVALID_OPTION;
  }
  if (!compile(*program, found[2].str())) return COMPILATION;
  (found[1].str() == "sm" ? program->ptx : program->cubin).clear();
  return SUCCESS;
}

#define GIVES(name, text, withZero)                                        \
  int nvrtcGet##name##Size(size_t handle, size_t *size) {                  \
    const std::lock_guard guard(lock);                                     \
    Program *program = find(handle);                                       \
    return program ? give(program->text, withZero, size, nullptr) : INVALID_PROGRAM; \
  }                                                                        \
  int nvrtcGet##name(size_t handle, char *to) {                            \
    const std::lock_guard guard(lock);                                     \
    Program *program = find(handle);                                       \
    return program ? give(program->text, withZero, nullptr, to) : INVALID_PROGRAM; \
  }
GIVES(ProgramLog, log, true)
GIVES(CUBIN, cubin, false)
GIVES(PTX, ptx, true)

int nvrtcDestroyProgram(size_t *handle) {
  const std::lock_guard guard(lock);
  if (programs.erase(*handle) == 0) return INVALID_PROGRAM;
  *handle = 0;
  return SUCCESS;
}
}
