// SPDX-License-Identifier: Apache-2.0
#include "core/sealing.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tsunagi::core {
namespace {

void start_sodium() {
    static const int started = sodium_init();
    if (started < 0)
        throw std::runtime_error("libsodium cannot start");
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: the C interface
}

std::string base64(std::string_view text, int variant = sodium_base64_VARIANT_ORIGINAL) {
    std::string out(sodium_base64_encoded_len(text.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes(text), text.size(), variant);
    out.pop_back();  // the terminating NUL
    return out;
}

}  // namespace

MasterKey MasterKey::load(const std::filesystem::path& file) {
    start_sodium();

    struct stat info {};

    if (::stat(file.c_str(), &info) != 0)
        throw std::runtime_error("the key file is missing: " + file.string());
    if ((info.st_mode & 077U) != 0) {
        throw std::runtime_error("the key file can be read by others (chmod 600 it): " + file.string());
    }
    std::ifstream in(file, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), {}};
    if (content.size() != crypto_kdf_KEYBYTES) {
        throw std::runtime_error("the key file does not hold 32 bytes: " + file.string());
    }
    return MasterKey(std::move(content));
}

MasterKey MasterKey::create(const std::filesystem::path& file) {
    start_sodium();
    std::filesystem::create_directories(file.parent_path());
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw std::runtime_error("the key file cannot be made (does one exist?): " + file.string());
    std::string key(crypto_kdf_KEYBYTES, '\0');
    randombytes_buf(key.data(), key.size());
    const bool written = ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size());
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written || !synced)
        throw std::runtime_error("the key file cannot be written: " + file.string());
    return MasterKey(std::move(key));
}

std::string MasterKey::derive(std::string_view purpose) const {
    if (purpose.size() != crypto_kdf_CONTEXTBYTES)
        throw std::logic_error("a purpose has 8 characters");
    std::string out(32, '\0');
    crypto_kdf_derive_from_key(reinterpret_cast<unsigned char*>(out.data()), out.size(), 1, purpose.data(),  // NOLINT
                               bytes(bytes_));
    return out;
}

std::string MasterKey::fingerprint() const {
    const std::string derived = derive("identity");
    std::array<char, 17> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes(derived), 8);
    return {hex.data(), 16};
}

std::string seal(const std::string& key, std::string_view plain, std::string_view context) {
    start_sodium();
    std::string out(
        crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    auto* raw = reinterpret_cast<unsigned char*>(out.data());  // NOLINT
    randombytes_buf(raw, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, nullptr,
                                               bytes(plain), plain.size(), bytes(context), context.size(), nullptr, raw,
                                               bytes(key));
    return base64(out);
}

std::optional<std::string> open_sealed(const std::string& key, std::string_view sealed, std::string_view context) {
    start_sodium();
    std::string raw(sealed.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), sealed.data(),  // NOLINT
                          sealed.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return std::nullopt;
    }
    constexpr std::size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (size < nonce + tag)
        return std::nullopt;
    std::string plain(size - nonce - tag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, bytes(raw) + nonce,  // NOLINT
            size - nonce, bytes(context), context.size(), bytes(raw), bytes(key)) != 0) {
        return std::nullopt;
    }
    return plain;
}

std::string keyed_hash(const std::string& key, std::string_view text) {
    start_sodium();
    std::string out(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), bytes(text), text.size(),  // NOLINT
                       bytes(key), key.size());
    return base64(out);
}

std::string plain_hash(std::string_view text) {
    return keyed_hash({}, text);
}

struct RunningHash::State {
    crypto_generichash_state hash;
};

RunningHash::RunningHash() : state_(std::make_unique<State>()) {
    start_sodium();
    crypto_generichash_init(&state_->hash, nullptr, 0, crypto_generichash_BYTES);
}

RunningHash::~RunningHash() = default;

void RunningHash::add(std::string_view text) {
    crypto_generichash_update(&state_->hash, bytes(text), text.size());
}

std::string RunningHash::hex() {
    std::array<unsigned char, crypto_generichash_BYTES> raw{};
    crypto_generichash_final(&state_->hash, raw.data(), raw.size());
    std::array<char, 2 * crypto_generichash_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), raw.data(), raw.size());
    return {text.data(), text.size() - 1};
}

std::string random_token() {
    start_sodium();
    std::string raw(32, '\0');
    randombytes_buf(raw.data(), raw.size());
    return base64(raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

}  // namespace tsunagi::core
