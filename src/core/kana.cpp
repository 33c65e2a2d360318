// SPDX-License-Identifier: Apache-2.0
#include "core/kana.hpp"

namespace tsunagi::core {

char32_t large_kana(char32_t letter) {
    switch (letter) {
        case 0x30A1:
        case 0x30A3:
        case 0x30A5:
        case 0x30A7:
        case 0x30A9:
        case 0x30C3:
        case 0x30E3:
        case 0x30E5:
        case 0x30E7:
        case 0x30EE:
            return letter + 1;
        case 0x30F5:
            return 0x30AB;
        case 0x30F6:
            return 0x30B1;
        default:
            return letter;
    }
}

}  // namespace tsunagi::core
