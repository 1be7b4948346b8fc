package city.emona.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "name%3D%3D%22Eiffel+Tower%22 'name==\"Eiffel Tower\"'",
                "%2FA%2F%2B '/A/+'",
                "a%3D%3D1%2B1+2 'a==1+1 2'",
                "/A/+ '/A/+'",
                "2026-11-23T10:00:00+01:00 '2026-11-23T10:00:00+01:00'",
                "a==%22x%22;b==1e+5 'a==\"x\";b==1e+5'",
                "urn:x:[0-9]+ 'urn:x:[0-9]+'",
                "a+ 'a+'",
                "a%20b 'a b'",
            })
    void readsAPlusSignAsASpaceOnlyInWhatFormsWrite(String raw, String value) {
        assertThat(QueryParameters.parse("q=" + raw).find("q")).contains(value);
    }
}
