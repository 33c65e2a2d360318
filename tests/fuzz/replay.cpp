// SPDX-License-Identifier: Apache-2.0
// Feeds every file of the folders named on the command line to the fuzz target, each as it is and cut off at every
// length up to 200 bytes.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    std::size_t inputs = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());  // NOLINT: the fuzzer's interface
            LLVMFuzzerTestOneInput(data, bytes.size());
            for (std::size_t size = 0; size < std::min<std::size_t>(bytes.size(), 200); ++size) {
                LLVMFuzzerTestOneInput(data, size);
            }
            ++inputs;
        }
    }
    std::printf("%zu inputs\n", inputs);
    return inputs == 0 ? 1 : 0;
}
