// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <csignal>

#include <sys/resource.h>

namespace tsunagi::test {

/// While it lives, no file of this process may grow beyond a size: writing fails as on a full disk.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit small{bytes, old_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }

    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_handler_);
    }

    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

private:
    rlimit old_{};
    void (*old_handler_)(int);
};

}  // namespace tsunagi::test
