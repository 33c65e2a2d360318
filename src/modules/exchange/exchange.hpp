// SPDX-License-Identifier: Apache-2.0
// 交換: what of the directory goes out to other systems, and what it is asked with.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/packs/pack.hpp"
#include "modules/resources/resource_export.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::exchange {

/// What of the directory a file holds.
struct ExchangeFilter {
    record::Text<100> words;
    std::vector<resources::ServiceCode> service;
    std::vector<std::string> municipality;  ///< codes of 2, 5 or 6 digits; a city covers its wards
};
BOOST_DESCRIBE_STRUCT(ExchangeFilter, (), (words, service, municipality))

/// In which form FHIR is wanted; there is JSON alone.
struct FhirForm {
    record::Text<40> _format;
};
BOOST_DESCRIBE_STRUCT(FhirForm, (), (_format))

/// What all searches of FHIR have.
struct FhirPaging : FhirForm {
    std::optional<std::int64_t> _count;  ///< 0: only how many there are
    record::Text<200> after;             ///< of the link `next`
    std::vector<std::string> municipality;
};
BOOST_DESCRIBE_STRUCT(FhirPaging, (FhirForm), (_count, after, municipality))

struct OrganizationQuery : FhirPaging {
    record::Text<80> _id;
    record::Text<200> identifier;  ///< number, or system|number
    record::Text<100> name;
    record::Text<100> address;
    record::Text<80> partof;
};
BOOST_DESCRIBE_STRUCT(OrganizationQuery, (FhirPaging), (_id, identifier, name, address, partof))

struct LocationQuery : FhirPaging {
    record::Text<80> _id;
    record::Text<200> identifier;
    record::Text<100> name;
    record::Text<100> address;
    record::Text<80> organization;
};
BOOST_DESCRIBE_STRUCT(LocationQuery, (FhirPaging), (_id, identifier, name, address, organization))

struct HealthcareServiceQuery : FhirPaging {
    record::Text<80> _id;
    record::Text<200> identifier;
    record::Text<100> name;
    record::Text<100> address;
    record::Text<80> organization;
    record::Text<80> location;
    std::vector<resources::ServiceCode> service;  ///< the kind
};
BOOST_DESCRIBE_STRUCT(HealthcareServiceQuery, (FhirPaging),
                      (_id, identifier, name, address, organization, location, service))

/// Asks of places.
struct RequestQuery : FhirForm {
    std::optional<std::int64_t> _count;
    record::Text<200> after;
    record::Text<80> owner;  ///< Organization/…: the place that was asked
};
BOOST_DESCRIBE_STRUCT(RequestQuery, (FhirForm), (_count, after, owner))

/// Resources of one type, a line for each.
enum class FhirType { Organization, Location, HealthcareService };
BOOST_DESCRIBE_ENUM(FhirType, Organization, Location, HealthcareService)

struct FhirLinesQuery : ExchangeFilter {
    FhirType _type{};
};
BOOST_DESCRIBE_STRUCT(FhirLinesQuery, (ExchangeFilter), (_type))

/// A page of a list as HSDS names it.
struct HsdsQuery {
    record::Text<100> search;
    std::optional<std::int64_t> page;
    std::optional<std::int64_t> per_page;
    std::optional<bool> full;
    std::vector<std::string> municipality;
};
BOOST_DESCRIBE_STRUCT(HsdsQuery, (), (search, page, per_page, full, municipality))

struct HsdsServiceQuery : HsdsQuery {
    record::Text<80> organization_id;
    record::Text<80> taxonomy_term_id;
    record::Text<80> taxonomy_id;
};
BOOST_DESCRIBE_STRUCT(HsdsServiceQuery, (HsdsQuery), (organization_id, taxonomy_term_id, taxonomy_id))

enum class CardVersion { v4, v3 };
BOOST_DESCRIBE_ENUM(CardVersion, v4, v3)

struct CardQuery {
    CardVersion version{};  ///< v3 for programs of older address books, with the reading in their own way
};
BOOST_DESCRIBE_STRUCT(CardQuery, (), (version))

/// 出典: a source of the directory with the files that were taken.
struct Credit {
    std::string source;
    packs::Label title;
    packs::Label publisher;
    packs::Label licence;
    std::string licence_url;
    std::string url;
    std::vector<resources::UsedFile> files;
};
BOOST_DESCRIBE_STRUCT(Credit, (), (source, title, publisher, licence, licence_url, url, files))

struct Credits {
    std::vector<Credit> items;
};
BOOST_DESCRIBE_STRUCT(Credits, (), (items))

}  // namespace tsunagi::exchange
