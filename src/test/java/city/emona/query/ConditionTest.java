package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The semantics of q, clause 4.9, each line a condition and whether one entity fulfils it. */
class ConditionTest {
    private static final String LINKED = "urn:ngsi-ld:Device:1";

    private static final Entity ENTITY = entity("""
            {
              "id": "urn:ngsi-ld:Room:1",
              "type": ["Room", "Place"],
              "scope": ["/A/B", "/C"],
              "n": {"type": "Property", "value": 20, "unitCode": "CEL", "observedAt": "2026-11-23T10:00:00.123456Z",
                    "accuracy": {"type": "Property", "value": 0.5}},
              "decimal": {"type": "Property", "value": 20.50},
              "huge": {"type": "Property", "value": 123456789012345678901234567890},
              "text": {"type": "Property", "value": "green"},
              "spelled": {"type": "Property", "value": "2026-11-23"},
              "yes": {"type": "Property", "value": true},
              "numbers": {"type": "Property", "value": [1, 5, 9]},
              "colours": {"type": "Property", "value": ["red", "blue"]},
              "day": {"type": "Property", "value": {"@type": "Date", "@value": "2026-11-23"}},
              "noon": {"type": "Property", "value": {"@type": "Time", "@value": "12:00:00Z"}},
              "since": {"type": "Property", "value": {"@type": "DateTime", "@value": "2026-11-23T10:00:00Z"}},
              "address": {"type": "Property", "value": {"city": "Ljubljana", "geo": {"floor": 3}, "names": ["x", "y"]}},
              "several": [
                {"type": "Property", "value": 1},
                {"type": "Property", "value": 7, "datasetId": "urn:ngsi-ld:Dataset:second"}
              ],
              "title": {"type": "LanguageProperty", "languageMap": {"sl": "soba", "en": ["room", "chamber"], "de-AT": "Zimmer"}},
              "kind": {"type": "VocabProperty", "vocab": "Office"},
              "kinds": {"type": "VocabProperty", "vocab": ["Office", "Hall"]},
              "ownedBy": {"type": "Relationship", "object": "urn:ngsi-ld:Person:1", "objectType": "Person"},
              "hosts": {"type": "Relationship", "object": ["urn:ngsi-ld:Device:9", "urn:ngsi-ld:Device:1"]},
              "list": {"type": "ListProperty", "valueList": [3, 4]},
              "chain": {"type": "ListRelationship", "objectList": [{"object": "urn:ngsi-ld:Device:1"}]},
              "raw": {"type": "JsonProperty", "json": {"value": "Overstay", "deep": {"x": 1}}},
              "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [14.5, 46.0]}}
            }
            """);

    private static final Entity TARGET = entity("""
            {
              "id": "urn:ngsi-ld:Device:1",
              "type": "Device",
              "humidity": {"type": "Property", "value": 40},
              "partOf": {"type": "Relationship", "object": "urn:ngsi-ld:Room:1"}
            }
            """);

    private static Entity entity(String json) {
        return EntityReader.read(Json.parse(json), TermTable.core(), 1_795_000_000_000L);
    }

    private static boolean matches(String q, Set<String> expandValues, @Nullable Set<String> datasets) {
        Condition condition = ConditionParser.parse(q, QueryNames.of(TermTable.core(), expandValues));
        Map<String, Entity> linked = Map.of(LINKED, TARGET, ENTITY.id(), ENTITY);
        return new ConditionEvaluator(linked::get, datasets).matches(condition, ENTITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\u0001',
            value = {
                // existence
                "n true",
                "missing false",
                "n.accuracy true",
                "n.missing false",
                "n.unitCode true",
                "text.unitCode false",
                "n.observedAt true",
                "address[city] true",
                "address[town] false",
                "address[city.x] false",
                "title[sl] true",
                "title[fr] false",
                "title[*] true",
                // numbers by value
                "n==20 true",
                "n==20.0 true",
                "n==2e1 true",
                "n!=20 false",
                "n>19.999 true",
                "n>20 false",
                "n>=20 true",
                "n<20 false",
                "n<=20 true",
                "n<21 true",
                "decimal==20.5 true",
                "decimal<20.51 true",
                "huge==123456789012345678901234567890 true",
                "huge==123456789012345678901234567891 false",
                "huge>123456789012345678901234567889 true",
                "n==-20 false",
                // ranges and lists
                "n==10..20 true",
                "n==20..30 true",
                "n==21..30 false",
                "n!=21..30 true",
                "n!=10..30 false",
                "n==-5..20.0 true",
                "n==1,20,3 true",
                "n==1,2 false",
                "n!=1,2 true",
                "n!=1,20 false",
                "text==\"a\"..\"h\" true",
                "text==\"red\",\"green\" true",
                "text!=\"red\",\"green\" false",
                // texts
                "text==\"green\" true",
                "text==green true",
                "text!=\"red\" true",
                "text>\"gree\" true",
                "text<\"h\" true",
                "text~=\"^gr\" true",
                "text~=ee true",
                "text~=(red|green) true",
                "text~=\"een$\" true",
                "text!~=\"^gr\" false",
                "text!~=\"^re\" true",
                "missing!~=\"^re\" false",
                "n~=\"2\" false",
                "n!~=\"3\" false",
                "colours~=\"red\" false",
                // different kinds
                "n==\"20\" false",
                "n!=\"20\" true",
                "text==20 false",
                "text!=20 true",
                "text>20 false",
                "n>\"1\" false",
                "yes==true true",
                "yes==false false",
                "yes!=false true",
                "yes==\"true\" false",
                "n==true false",
                // what is not there is not unequal
                "missing!=1 false",
                "n.missing!=1 false",
                "address[town]!=\"x\" false",
                "title[fr]!=\"x\" false",
                // arrays contain
                "numbers==5 true",
                "numbers==4,9 true",
                "numbers==2..4 false",
                "numbers==2..5 true",
                "numbers!=5 false",
                "numbers!=4 true",
                "numbers>0 false",
                "numbers>=5 true",
                "colours==\"red\" true",
                "colours!=\"red\" false",
                "colours!=\"green\" true",
                "list==4 true",
                "list==5 false",
                // several instances: any of them
                "several==7 true",
                "several==1 true",
                "several!=1 true",
                "several>6 true",
                "several.datasetId==urn:ngsi-ld:Dataset:second true",
                "n.datasetId false",
                // dates and times
                "day==2026-11-23 true",
                "day>2026-11-22 true",
                "day<2026-11-23 false",
                "day==2026-11-01..2026-11-30 true",
                "day==2026-11-23T00:00:00Z false",
                "day==\"2026-11-23\" true",
                "noon>=12:00:00Z true",
                "noon==11:59:59.5Z..12:00:00Z true",
                "since==2026-11-23T10:00:00Z true",
                "since==2026-11-23T10:00:00.000Z true",
                "since>2026-11-23T09:59:59.999999Z true",
                "spelled>2026-11-22 true",
                "spelled==\"2026-11-23\" true",
                "n.observedAt==2026-11-23T10:00:00.123456Z true",
                "n.observedAt>2026-11-23T10:00:00.123455Z true",
                "n.observedAt==2026-11-23T10:00:00.123Z false",
                "n.observedAt<=\"2026-11-23T10:00:00.123456Z\" true",
                "n.observedAt>=2026-01-01T00:00:00Z true",
                "n.observedAt>5 false",
                "createdAt>2020-01-01T00:00:00Z true",
                "modifiedAt<2020-01-01T00:00:00Z false",
                "n.createdAt>2020-01-01T00:00:00Z true",
                "expiresAt false",
                "deletedAt false",
                // sub-attributes
                "n.accuracy==0.5 true",
                "n.accuracy>0.5 false",
                "n.unitCode==\"CEL\" true",
                "n.type==\"Property\" true",
                // into values
                "address[city]==\"Ljubljana\" true",
                "address[geo.floor]>2 true",
                "address[names]==\"y\" true",
                "raw[value]==\"Overstay\" true",
                "raw[deep.x]==1 true",
                "location[type]==\"Point\" true",
                "address==\"Ljubljana\" false",
                "address!=\"Ljubljana\" true",
                // languages
                "title[sl]==\"soba\" true",
                "title[SL]==\"soba\" true",
                "title[de-AT]==\"Zimmer\" true",
                "title[en]==\"chamber\" true",
                "title[en]==\"soba\" false",
                "title[en]!=\"soba\" true",
                "title[en]!=\"room\" false",
                "title[*]==\"soba\" true",
                "title[*]!=\"soba\" false",
                "title[*]!=\"pokoj\" true",
                "title==\"room\" true",
                "title[en]~=\"^cham\" true",
                "title[*]~=\"mm\" true",
                "title[*]!~=\"mm\" false",
                // relationships
                "ownedBy==urn:ngsi-ld:Person:1 true",
                "ownedBy==\"urn:ngsi-ld:Person:1\" true",
                "ownedBy!=urn:ngsi-ld:Person:2 true",
                "ownedBy!=urn:ngsi-ld:Person:1 false",
                "ownedBy>urn:a false",
                "ownedBy>=urn:ngsi-ld:Person:1 false",
                "ownedBy~=\"Person\" false",
                "ownedBy!~=\"x\" false",
                "hosts==urn:ngsi-ld:Device:9 true",
                "hosts!=urn:ngsi-ld:Device:9 false",
                "hosts==urn:a,urn:ngsi-ld:Device:1 true",
                "chain==urn:ngsi-ld:Device:1 true",
                "ownedBy.objectType==Person true",
                "ownedBy.objectType==Robot false",
                // vocabularies compare as they are expanded
                "kind==Office false",
                "kind==\"https://uri.etsi.org/ngsi-ld/default-context/Office\" true",
                "kinds==https://uri.etsi.org/ngsi-ld/default-context/Hall true",
                "kind!=https://uri.etsi.org/ngsi-ld/default-context/Office false",
                // linked entities
                "hosts{humidity}==40 true",
                "hosts{humidity}>40 false",
                "hosts{humidity} true",
                "hosts{missing} false",
                "hosts{Device:humidity}==40 true",
                "hosts{Robot:humidity}==40 false",
                "hosts{Robot,Device:humidity}==40 true",
                "chain{humidity}==40 true",
                "ownedBy{humidity}==40 false",
                "hosts{partOf{n}}==20 true",
                "hosts{Device:partOf{Room:n.accuracy}}==0.5 true",
                "hosts{partOf{address[city]}}==\"Ljubljana\" true",
                "n{humidity} false",
                // members of the entity
                "id==urn:ngsi-ld:Room:1 true",
                "id~=\"Room\" true",
                "type==Room true",
                "type==Place true",
                "type==Device false",
                "type!=Room false",
                "scope==\"/C\" true",
                // logic
                "n==20;text==\"green\" true",
                "n==20;text==\"red\" false",
                "n==1|text==\"green\" true",
                "n==1|text==\"red\" false",
                "n==1;text==\"red\"|yes==true true",
                "yes==true|n==1;text==\"red\" true",
                "(yes==true|n==1);text==\"red\" false",
                "((n>50|n<30);text==\"green\") true",
                "n;missing false",
                "n|missing true",
                // names
                "https://uri.etsi.org/ngsi-ld/default-context/n==20 true",
                "ngsi-ld:default-context/n==20 true",
            })
    void tellsWhatFulfilsACondition(String q, boolean expected) {
        assertThat(matches(q, Set.of(), null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\u0001',
            value = {
                "kind==Office true",
                "kind==\"Office\" true",
                "kind!=Office false",
                "kinds==Hall true",
                "kind==Hall,Office true"
            })
    void expandsValuesWhereAsked(String q, boolean expected) {
        Set<String> names =
                Set.of(TermTable.core().expand("kind"), TermTable.core().expand("kinds"));
        assertThat(matches(q, names, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "several==7 @none false",
                "several==1 @none true",
                "several==7 urn:ngsi-ld:Dataset:second true",
                "several==1 urn:ngsi-ld:Dataset:second false",
                "several urn:x false"
            })
    void looksOnlyAtTheDatasetsAskedFor(String q, String dataset, boolean expected) {
        assertThat(matches(q, Set.of(), Set.of(dataset.equals("@none") ? "" : dataset)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "n==20,true",
        "missing,false",
        "n;missing,false",
        "n|missing,true",
        "n.accuracy,true",
        "hosts{humidity},true",
        "createdAt,true"
    })
    void isPossibleOnlyWithTheNamesItNeeds(String q, boolean expected) {
        Condition condition = ConditionParser.parse(q, QueryNames.of(TermTable.core()));
        List<String> names = Stream.of("n", "accuracy", "hosts")
                .map(TermTable.core()::expand)
                .toList();
        assertThat(condition.isPossibleWith(names)).isEqualTo(expected);
    }
}
