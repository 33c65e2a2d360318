// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/import_bench.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include <boost/json.hpp>

#include "tests/bench/client.hpp"

namespace tsunagi::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t part_bytes = 1024UL * 1024;

double seconds_since(Steady::time_point begin) {
    return std::chrono::duration<double>(Steady::now() - begin).count();
}

/// What offices keep in a spreadsheet.
std::string log_of(std::int64_t lines) {
    static constexpr std::array topics{"訪問診療を探している", "退院の日が決まった", "薬が飲めていない", "費用の相談",
                                       "夜間の対応を頼みたい"};
    std::string text = "受付日,相談者氏名,所属,職種,相談方法,主訴,対応内容,対象者氏名\r\n";
    std::array<char, 400> line{};
    for (std::int64_t i = 0; i < lines; ++i) {
        const int size =
            std::snprintf(line.data(), line.size(),
                          "令和%d年%d月%d日,架空 "
                          "%lld郎,架空居宅%lld,ケアマネ,TEL,%sので%lld件目の相談をしたい,情報を伝えた,対象 %lld子\r\n",
                          static_cast<int>(1 + i % 6), static_cast<int>(5 + i % 7), static_cast<int>(1 + i % 28),
                          static_cast<long long>(i % 3'000), static_cast<long long>(i % 400),
                          topics[static_cast<std::size_t>(i) % topics.size()], static_cast<long long>(i),
                          static_cast<long long>(i % 50'000));
        text.append(line.data(), static_cast<std::size_t>(size));
    }
    return text;
}

boost::json::object answered(const Answer& answer, const char* step) {
    if (answer.status != 200 && answer.status != 201)
        throw std::runtime_error(std::string(step) + " was answered " + std::to_string(answer.status) + ": " +
                                 answer.body);
    return boost::json::parse(answer.body).as_object();
}

/// Asks until the import is in that state.
boost::json::object wait_for(Client& client, const std::string& path, const std::string& state) {
    for (;;) {
        auto import = answered(client.send("GET", path), "reading the import");
        if (import.at("state").as_string() == state)
            return import;
        if (!import.at("refusal").as_string().empty())
            throw std::runtime_error("the import was refused: " + std::string(import.at("refusal").as_string()));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

std::string if_match(const boost::json::object& import) {
    return "If-Match: \"" + std::to_string(import.at("version").as_int64()) + "\"\r\n";
}

std::string sent(Client& client, const std::string& text) {
    const boost::json::object head{{"name", "log.csv"}, {"size", text.size()}, {"media_type", "text/csv"}};
    const auto upload = answered(client.send("POST", "/api/uploads", boost::json::serialize(head)), "the upload");
    const std::string id = upload.at("id").as_string().c_str();
    for (std::size_t at = 0, number = 0; at < text.size(); at += part_bytes, ++number) {
        const auto part = client.send("PUT", "/api/uploads/" + id + "/parts/" + std::to_string(number),
                                      std::string_view(text).substr(at, part_bytes), {}, "application/octet-stream");
        if (part.status != 204)
            throw std::runtime_error("a part was answered " + std::to_string(part.status));
    }
    return id;
}

}  // namespace

void measure_import(std::uint16_t port, const std::string& login, const std::string& password, std::int64_t lines) {
    const std::string text = log_of(lines);
    Client client(port);
    client.sign_in(login, password);
    const auto begin = Steady::now();
    const boost::json::object order{{"upload_id", sent(client, text)}};
    auto import = answered(client.send("POST", "/api/imports", boost::json::serialize(order)), "the import");
    const std::string path = "/api/imports/" + std::string(import.at("id").as_string());
    import = wait_for(client, path, "read");
    const double read = seconds_since(begin);
    const auto guess = answered(client.send("GET", path + "/guess?table=0"), "the guess");
    const boost::json::object check{{"mapping", guess.at("mapping")}, {"mapping_name", ""}};
    (void)answered(client.send("POST", path + "/check", boost::json::serialize(check), if_match(import)), "the check");
    import = wait_for(client, path, "checked");
    const double checked = seconds_since(begin);
    const auto good = import.at("good").as_int64();
    (void)answered(client.send("POST", path + "/take", {}, if_match(import)), "taking");
    import = wait_for(client, path, "taken");
    const double taken = seconds_since(begin);
    (void)answered(client.send("POST", path + "/undo", {}, if_match(import)), "undoing");
    (void)wait_for(client, path, "undone");
    std::printf(
        "\nImport of %lld lines (%.1f MB, %lld good): sent and read %.1f s, checked and prepared %.1f s, taken %.1f s; "
        "%.1f s in all (must 60 at 100,000). Taken back in %.1f s.\n",
        static_cast<long long>(lines), static_cast<double>(text.size()) / 1e6, static_cast<long long>(good), read,
        checked - read, taken - checked, taken, seconds_since(begin) - taken);
    std::fflush(stdout);
}

}  // namespace tsunagi::bench
