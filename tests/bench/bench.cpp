// SPDX-License-Identifier: Apache-2.0
// Measures the release build over HTTP with everything on: scope rules, versions, audit, durable commits.
//   tsunagi_bench --server build/release/tsunagi --size 10000 --engine sqlite
// PostgreSQL needs TSUNAGI_TEST_POSTGRES (tools/with_postgres.sh).
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/database.hpp"
#include "tests/bench/client.hpp"
#include "tests/bench/filling.hpp"
#include "tests/bench/import_bench.hpp"

namespace {

using namespace tsunagi;
using Steady = std::chrono::steady_clock;

constexpr const char* password = "bench-Password-1";

struct Options {
    std::string server;
    std::string web;
    std::int64_t size = 10'000;
    std::string engine = "sqlite";
    int seconds = 5;
    std::int64_t log_lines = 100'000;
    std::int64_t services = 200'000;
    bool only_places = false;
    std::string folder = "build/bench";
    std::string first_page;  ///< command that measures the first page; gets address, login and password
};

double milliseconds(Steady::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// A started server, stopped with SIGTERM at the end.
class Server {
public:
    Server(const Options& options, const std::string& data, const std::string& database, std::uint16_t port)
        : port_(port) {
        const auto begin = Steady::now();
        pid_ = ::fork();
        if (pid_ == 0) {
            std::vector<std::string> words{options.server,       "serve",    "--data",    data,         "--port",
                                           std::to_string(port), "--listen", "127.0.0.1", "--database", database};
            if (!options.web.empty())
                words.insert(words.end(), {"--web", options.web});
            ::setenv("TSUNAGI_LOG_REQUESTS", "false", 1);
            std::vector<char*> arguments;
            for (auto& word : words)
                arguments.push_back(word.data());
            arguments.push_back(nullptr);
            std::freopen("/dev/null", "w", stdout);  // NOLINT
            ::execv(options.server.c_str(), arguments.data());
            ::_exit(127);
        }
        for (int i = 0; i < 6000; ++i) {
            try {
                if (bench::Client(port).send("GET", "/readyz").status == 200) {
                    start_ms_ = milliseconds(Steady::now() - begin);
                    return;
                }
            } catch (const std::runtime_error&) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            int status = 0;
            if (::waitpid(pid_, &status, WNOHANG) == pid_)
                throw std::runtime_error("the server ended at its start");
        }
        throw std::runtime_error("the server did not become ready");
    }

    ~Server() {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] double start_ms() const { return start_ms_; }

    [[nodiscard]] double resident_mb() const {
        std::ifstream in("/proc/" + std::to_string(pid_) + "/status");
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("VmRSS:"))
                return std::stod(line.substr(6)) / 1024.0;
        }
        return 0;
    }

private:
    pid_t pid_ = -1;
    std::uint16_t port_;
    double start_ms_ = 0;
};

// ---- Measuring

struct Sample {
    std::vector<double> ms;
    double per_second = 0;
    std::int64_t failures = 0;

    [[nodiscard]] double quantile(double q) {
        if (ms.empty())
            return 0;
        std::sort(ms.begin(), ms.end());
        return ms[std::min(ms.size() - 1, static_cast<std::size_t>(q * static_cast<double>(ms.size())))];
    }
};

/// `request(client, number)` answers the status. Runs `clients` connections for that long, each with one request every
/// `pace` or as fast as it is answered.
Sample measure(std::uint16_t port, int clients, int seconds, const std::string& login,
               const std::function<int(bench::Client&, std::int64_t)>& request, std::chrono::milliseconds pace = {}) {
    std::atomic<std::int64_t> number{0};
    std::vector<Sample> samples(static_cast<std::size_t>(clients));
    std::vector<std::thread> threads;
    std::atomic<bool> go{false};
    std::atomic<int> ready{0};
    for (auto& sample : samples) {
        threads.emplace_back([&, seconds] {
            bench::Client client(port);
            client.sign_in(login, password);
            for (int i = 0; i < 5; ++i)
                request(client, number++);
            ++ready;
            while (!go)
                std::this_thread::yield();
            const auto end = Steady::now() + std::chrono::seconds(seconds);
            for (auto next = Steady::now(); Steady::now() < end; next += pace) {
                std::this_thread::sleep_until(next);
                const auto begin = Steady::now();
                const int status = request(client, number++);
                sample.ms.push_back(milliseconds(Steady::now() - begin));
                if (status != 200 && status != 201)
                    ++sample.failures;
            }
        });
    }
    while (ready < clients)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    go = true;
    for (auto& thread : threads)
        thread.join();
    Sample all;
    for (auto& sample : samples) {
        all.ms.insert(all.ms.end(), sample.ms.begin(), sample.ms.end());
        all.failures += sample.failures;
    }
    all.per_second = static_cast<double>(all.ms.size()) / seconds;
    return all;
}

void row(const std::string& name, Sample sample, const std::string& must, const std::string& at_a_million = "") {
    std::printf("| %-48s | %8.2f | %8.2f | %8.2f | %9.0f | %s | %s%s |\n", name.c_str(), sample.quantile(0.5),
                sample.quantile(0.95), sample.quantile(0.99), sample.per_second, must.c_str(), at_a_million.c_str(),
                sample.failures > 0 ? (" FAILURES: " + std::to_string(sample.failures)).c_str() : "");
    std::fflush(stdout);
}

/// Finding places among all that there are; the reader serves 汐見市, whose code is 991007.
void measure_places(const Options& options, std::uint16_t port) {
    const std::string must = "p95 100 ms";
    for (const auto& [name, target] : std::vector<std::pair<std::string, std::string>>{
             {"of a city", "places?municipality=991007"},
             {"of the whole country", "places?"},
             {"a service of a prefecture", "places?municipality=13&service=130"},
             {"a rare service, whole country", "places?service=710"},
             {"a common word, whole country", "places?words=%E8%A8%AA%E5%95%8F"},
             {"a word of a hundredth, whole country", "places?words=%E3%81%93%E3%82%82%E3%82%8C%E3%81%B3"},
             {"a word of one copy, whole country", "places?words=bench0000001f"},
             {"two words, whole country", "places?words=%E8%A8%AA%E5%95%8F+%E5%8C%97%E6%B5%9C"},
             {"a word that nobody has, whole country", "places?words=%E7%81%AB%E6%98%9F%E6%97%85%E8%A1%8C"},
             {"a word in a city", "places?municipality=991007&words=%E9%9B%A3%E7%97%85"},
             {"procedure, service, district day", "places?service=130&treatment=home_oxygen&day=mon,sat"},
             {"nearest within 5 km", "places?near=35.6,141.21&within_km=5&sort=distance"},
             {"nearest within 50 km", "places?near=35.6,141.21&within_km=50&sort=distance"},
             {"services of a kind, whole country", "services?service=430"},
             {"map: a city", "map-points?municipality=991007&box=141.1,35.5,141.35,35.72"},
             {"map: whole country, gathered", "map-points?box=120,20,150,46"},
             {"map: a service, whole country", "map-points?service=130&box=120,20,150,46"}})
        row("places: " + name,
            measure(port, 1, options.seconds, "center",
                    [path = "/api/" + target](bench::Client& c, std::int64_t) { return c.send("GET", path).status; }),
            must);
}

std::string one_field(const std::string& path, std::string_view key) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(key))
            return line.substr(line.find_first_not_of(" \t", line.find(':') + 1));
    }
    return {};
}

void run(const Options& options, const std::string& engine) {
    const std::string data = options.folder + "/" + engine + "-" + std::to_string(options.size);
    std::string database = "sqlite";
    db::DatabaseOptions target{
        .engine = db::Engine::sqlite, .target = data + "/tsunagi.db", .readers = 2, .writers = 2};
    std::filesystem::remove_all(data);
    std::filesystem::create_directories(data);
    if (engine == "postgres") {
        const char* server = std::getenv("TSUNAGI_TEST_POSTGRES");
        if (server == nullptr)
            throw std::runtime_error("TSUNAGI_TEST_POSTGRES is not set (tools/with_postgres.sh)");
        db::Session admin(db::Engine::postgres, server);
        admin.run("DROP SCHEMA IF EXISTS bench CASCADE");
        admin.run("CREATE SCHEMA bench");
        database = std::string(server) + " options='-c search_path=bench'";
        target = {.engine = db::Engine::postgres, .target = database, .readers = 2, .writers = 2};
    }
    const std::string demo = options.server + " demo --data '" + data + "' --password '" + password +
                             "' --database \"" + database + "\" > /dev/null";
    if (std::system(demo.c_str()) != 0)
        throw std::runtime_error("tsunagi demo failed");  // NOLINT: our own program
    bench::fill(target, options.size);
    bench::fill_places(target, options.services);
    const auto begin = Steady::now();
    const std::string index =
        options.server + " reindex --data '" + data + "' --database \"" + database + "\" > /dev/null";
    if (std::system(index.c_str()) != 0)
        throw std::runtime_error("tsunagi reindex failed");  // NOLINT: our own program
    const double index_seconds = milliseconds(Steady::now() - begin) / 1000;
    std::int64_t index_bytes = 0;
    {
        db::Session session(target.engine, target.target);
        index_bytes = db::ReadTx(session).number("SELECT sum(length(piece)) FROM search_pieces");
    }

    const std::uint16_t port = 18'000;
    Server server(options, data, database, port);
    bench::Client client(port);
    client.sign_in("center", password);
    const auto page = boost::json::parse(client.send("GET", "/api/consultations?limit=200").body);
    std::vector<std::string> ids;
    for (const auto& item : page.at("items").as_array())
        ids.emplace_back(item.at("id").as_string().c_str());
    bench::Client station(port);
    station.sign_in("station", password);
    const auto own = boost::json::parse(station.send("GET", "/api/consultations?limit=1").body);
    const std::string first = own.at("items").at(0).at("id").as_string().c_str();
    const auto model = boost::json::parse(station.send("GET", "/api/consultations/" + first).body);
    boost::json::object sheet = model.at("sheet").as_object();
    sheet["subject"] = "bench";
    const std::string body = boost::json::serialize(boost::json::object{{"state", "open"}, {"sheet", sheet}});

    utsname machine{};
    ::uname(&machine);
    std::printf(
        "\n## %s, %lld consultations\n\n%s, %u cores, %s, Linux %s. Signed in, scope, versions and audit on, "
        "every write durable when answered.\n\n",
        engine.c_str(), static_cast<long long>(options.size), one_field("/proc/cpuinfo", "model name").c_str(),
        std::thread::hardware_concurrency(), one_field("/proc/meminfo", "MemTotal").c_str(), machine.release);
    std::printf(
        "| what | p50 ms | p95 ms | p99 ms | per second | must / aim at 10,000 | must at 1,000,000 |\n"
        "|---|---|---|---|---|---|---|\n");
    const auto get = [](const std::string& target_path) {
        return [target_path](bench::Client& c, std::int64_t) { return c.send("GET", target_path).status; };
    };
    measure_places(options, port);
    if (options.only_places)
        return;
    const auto list = [&](const std::string& query) { return get("/api/consultations?limit=25&" + query); };
    row("get by id, 1 client",
        measure(port, 1, options.seconds, "center",
                [&](bench::Client& c, std::int64_t n) {
                    return c.send("GET", "/api/consultations/" + ids[static_cast<std::size_t>(n) % ids.size()]).status;
                }),
        "p50 0.8 / 0.3 ms", "p99 15 ms");
    row("filtered list of 25 with total, 8 clients",
        measure(port, 8, options.seconds, "station", list("fiscal_year=2026&topic=resources&state=open,closed")),
        "1,500/s / 5,000/s");
    for (const auto& [name, query] : std::vector<std::pair<std::string, std::string>>{
             {"no filter", ""},
             {"one code of every year", "topic=resources"},
             {"two broad codes", "topic=home_life&profession=care_manager"},
             {"by scene and urgency", "scene=end_of_life&urgency=today"},
             {"what no record has", "element=dementia&difficulty=physician&relisted=covid&scene=acute"},
             {"oldest change first of a state", "state=on_hold&sort=-updated_at"},
             {"by number", "sort=number&topic=fees"}})
        row("list: " + name + ", 1 client", measure(port, 1, options.seconds, "center", list(query)), "", "p99 30 ms");
    row("list by words, 1 client", measure(port, 1, options.seconds, "center", list("words=%E7%97%85%E9%99%A2")), "");
    const std::vector<std::pair<std::string, std::string>> searches{
        {"a common word of two letters", "q=%E9%80%80%E9%99%A2"},
        {"three words", "q=%E7%8B%AC%E5%B1%85+%E9%80%80%E9%99%A2+%E8%A8%AA%E5%95%8F"},
        {"a word with synonyms", "q=%E3%82%B1%E3%82%A2%E3%83%9E%E3%83%8D"},
        {"a word of few records", "q=bench00000007&kind=consultation&limit=25"},
        {"a word that nobody wrote", "q=%E7%81%AB%E6%98%9F%E6%97%85%E8%A1%8C"},
        {"a phrase", "q=%22%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7%22"},
        {"without a word", "q=%E9%80%80%E9%99%A2+-%E8%A8%AA%E5%95%8F"},
        {"a day", "q=R8.5.12"},
        {"one kanji", "q=%E8%96%AC"},
        {"a part of a telephone number", "q=2-34"},
        {"a common word in activities", "q=%E8%A8%AA%E5%95%8F&kind=activity&limit=25"},
        {"a common word of one desk, closed", "q=%E9%80%80%E9%99%A2&kind=consultation&state=closed&limit=25"}};
    for (const auto& [name, query] : searches)
        row("search: " + name, measure(port, 1, options.seconds, "center", get("/api/search?" + query)), "",
            "p95 100 ms");
    row("search: all of these, 8 clients",
        measure(port, 8, options.seconds, "center",
                [&](bench::Client& c, std::int64_t n) {
                    return c
                        .send("GET", "/api/search?" + searches[static_cast<std::size_t>(n) % searches.size()].second)
                        .status;
                }),
        "");
    row("similar cases of a case, 1 client",
        measure(port, 1, options.seconds, "center",
                [&](bench::Client& c, std::int64_t n) {
                    return c
                        .send("GET", "/api/consultations/" + ids[static_cast<std::size_t>(n) % ids.size()] + "/similar")
                        .status;
                }),
        "", "p95 100 ms");
    std::vector<std::string> typed_sheets;
    std::vector<std::string> typed_texts;
    for (std::size_t i = 0; i < std::min<std::size_t>(ids.size(), 50); ++i) {
        const auto one = boost::json::parse(client.send("GET", "/api/consultations/" + ids[i]).body);
        const auto& whole = one.at("sheet").as_object();
        boost::json::object texts;
        for (const char* field : {"subject", "request", "background", "illness"})
            texts[field] = whole.at(field);
        typed_sheets.push_back(boost::json::serialize(boost::json::object{{"sheet", whole}}));
        texts["desk_id"] = one.at("desk_id");
        typed_texts.push_back(boost::json::serialize(texts));
    }
    row("similar cases of a sheet being typed, 1 client",
        measure(port, 1, options.seconds, "center",
                [&](bench::Client& c, std::int64_t n) {
                    return c
                        .send("POST", "/api/consultations/similar",
                              typed_sheets[static_cast<std::size_t>(n) % typed_sheets.size()])
                        .status;
                }),
        "", "p95 100 ms");
    row("suggested codes, 1 client",
        measure(port, 1, options.seconds, "center",
                [&](bench::Client& c, std::int64_t n) {
                    return c
                        .send("POST", "/api/suggestions", typed_texts[static_cast<std::size_t>(n) % typed_texts.size()])
                        .status;
                }),
        "p95 50 ms", "p95 50 ms");
    for (const auto& [name, words] : std::vector<std::pair<std::string, std::string>>{
             {"two letters", "%E3%81%B8%E3%82%93"}, {"four digits", "5678"}, {"nobody", "zz"}})
        row("caller by " + name + ", 1 client",
            measure(port, 1, options.seconds, "center", get("/api/consultations/callers?words=" + words)), "",
            "p95 100 ms");
    row("month table, one desk, 1 client",
        measure(port, 1, options.seconds, "station", get("/api/analysis/months?fiscal_year=2026")), "p50 5 / 1 ms",
        "50 ms");
    row("month table, all desks, 1 client",
        measure(port, 1, options.seconds, "center", get("/api/analysis/months?fiscal_year=2026")), "p50 5 / 1 ms",
        "1 s");
    row("element matrix, one year, 1 client",
        measure(port, 1, options.seconds, "center", get("/api/analysis/matrix?fiscal_year=2026")), "p50 5 / 1 ms");
    row("element matrix, every year, 1 client",
        measure(port, 1, options.seconds, "center", get("/api/analysis/matrix")), "");
    row("home board, 1 client", measure(port, 1, options.seconds, "center", get("/api/home")), "");
    const auto create = [&](bench::Client& c, std::int64_t) {
        return c.send("POST", "/api/consultations", body).status;
    };
    row("create, 50 each second", measure(port, 1, options.seconds, "station", create, std::chrono::milliseconds(20)),
        "", "p99 25 ms");
    row("create, 1 client", measure(port, 1, options.seconds, "station", create), "p50 3 / 1 ms");
    row("create, 8 clients", measure(port, 8, options.seconds, "station", create), "1,500/s / 4,000/s");
    row("list after a change, 1 client",
        measure(port, 1, options.seconds, "station",
                [&](bench::Client& c, std::int64_t n) {
                    return n % 2 == 0 ? create(c, n) : list("topic=resources")(c, n);
                }),
        "");
    row("search after a change, 1 client",
        measure(port, 1, options.seconds, "station",
                [&](bench::Client& c, std::int64_t n) {
                    return n % 2 == 0 ? create(c, n) : get("/api/search?" + searches.front().second)(c, n);
                }),
        "");
    const double resident = server.resident_mb();
    std::printf("\nSearch index made in %.1f s, %.0f MB.\n", index_seconds, static_cast<double>(index_bytes) / 1e6);
    std::printf(
        "\nResident after load: %.0f MB (must 150, aim 60; at 1,000,000 must 200). Start on the existing database: "
        "%.0f ms "
        "(must 500, aim 200).\n",
        resident, server.start_ms());
    if (options.log_lines > 0)
        bench::measure_import(port, "station", password, options.log_lines);
    if (!options.first_page.empty()) {
        std::printf("First page (must 300 kB, 1 s; aim 200 kB, 0.6 s):\n");
        std::fflush(stdout);
        const std::string command =
            options.first_page + " http://localhost:" + std::to_string(port) + " center " + password;
        if (std::system(command.c_str()) != 0)
            throw std::runtime_error("the first page could not be measured");  // NOLINT: a command we were given
    }
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Measures Tsunagi over HTTP");
    app.add_option("--server", options.server, "the program to measure")->required();
    app.add_option("--web", options.web, "folder of the web files");
    app.add_option("--size", options.size, "consultations in the database");
    app.add_option("--engine", options.engine, "sqlite, postgres or both")
        ->check(CLI::IsMember({"sqlite", "postgres", "both"}));
    app.add_option("--seconds", options.seconds, "how long each line is measured");
    app.add_option("--log-lines", options.log_lines, "lines of the log that is imported at the end; 0: none");
    app.add_option("--services", options.services, "services in the directory; 0: those of the demonstration");
    app.add_flag("--only-places", options.only_places, "measure nothing but finding places");
    app.add_option("--folder", options.folder, "where the data folders are made");
    app.add_option("--first-page", options.first_page, "command that measures the first page in a browser");
    CLI11_PARSE(app, argc, argv);
    try {
        if (options.engine != "postgres")
            run(options, "sqlite");
        if (options.engine != "sqlite")
            run(options, "postgres");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
