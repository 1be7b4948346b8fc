package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DocumentEvaluatorTest {
    private static final JsonNode REGISTRATION = Json.parse("""
            {
              "id": "urn:ngsi-ld:ContextSourceRegistration:1",
              "type": "ContextSourceRegistration",
              "mode": "inclusive",
              "expiresAt": "2027-01-01T00:00:00Z",
              "operations": ["retrieveOps", "updateOps"],
              "management": {"timeout": 500},
              "information": [
                {"entities": [{"type": "Room"}], "propertyNames": ["temperature"]},
                {"entities": [{"type": "Car"}]}
              ],
              "trust": {"type": "Property", "value": 7, "unit": {"type": "Property", "value": "stars"}},
              "owner": {"type": "Relationship", "object": "urn:ngsi-ld:Person:1"},
              "place": {"type": "Property", "value": {"city": "Ljubljana"}}
            }
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\u0001',
            value = {
                "mode==\"inclusive\" true",
                "mode!=\"inclusive\" false",
                "mode==inclusive,redirect true",
                "missing false",
                "missing!=1 false",
                "id==urn:ngsi-ld:ContextSourceRegistration:1 true",
                "expiresAt>2026-12-31T00:00:00Z true",
                "expiresAt<2026-12-31T00:00:00Z false",
                "operations==\"updateOps\" true",
                "operations!=\"updateOps\" false",
                "management.timeout>=500 true",
                "management.timeout>500 false",
                "information.propertyNames==\"temperature\" true",
                "information.entities.type==\"Car\" true",
                "information.entities.type==\"Bus\" false",
                "trust==7 true",
                "trust>7 false",
                "trust.unit==\"stars\" true",
                "owner==urn:ngsi-ld:Person:1 true",
                "place[city]==\"Ljubljana\" true",
                "place[town] false",
                "mode==\"redirect\"|trust==1..9 true",
                "mode==\"redirect\";trust==7 false",
                "owner{name} false"
            })
    void comparesMembersOfDocuments(String csf, boolean expected) {
        Condition condition = ConditionParser.parse(csf, QueryNames.ofDocuments());
        assertThat(DocumentEvaluator.matches(condition, REGISTRATION)).isEqualTo(expected);
    }
}
