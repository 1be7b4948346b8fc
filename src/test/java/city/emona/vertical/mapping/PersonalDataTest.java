package city.emona.vertical.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import city.emona.vertical.mapping.PersonalData.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All names, numbers and addresses here are made up. */
class PersonalDataTest {
    private static final Locale SLOVENE = Locale.of("sl");

    private static String clean(String text) {
        return PersonalData.clean(text.replace("\\n", "\n"), SLOVENE).text().replace("\n", "\\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Pišite na ana.novak@example.si, prosim.          | Pišite na [e-naslov], prosim.
            ANA_NOVAK+mol@mail.example.co.uk                 | [e-naslov]
            ana.novak (at) example.si                        | [e-naslov]
            ana.novak [afna] example [pika] si               | [e-naslov]
            ana afna example pika si                         | [e-naslov]
            write to john at example dot com today           | write to [e-naslov] today
            Look at example.com for more.                    | Look at example.com for more.
            Stran https://example.org/a/b ne dela.           | Stran https://example.org/a/b ne dela.
            """)
    void takesOutAddressesOfEmailHoweverTheyAreWritten(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Pokličite me na 041 234 567.                     | Pokličite me na [telefonska številka].
            tel. 01/234-56-78, dopoldne                      | tel. [telefonska številka], dopoldne
            +386 41 234 567 ali 00386 1 234 5678             | [telefonska številka] ali [telefonska številka]
            (01) 234 56 78                                   | [telefonska številka]
            +386(0)41234567                                  | [telefonska številka]
            GSM: 234567                                      | GSM: [telefonska številka]
            call me at 555-123-4567                          | call me at [telefonska številka]
            my phone is (555) 123-4567                       | my phone is [telefonska številka]
            +44 20 7946 0958                                 | [telefonska številka]
            dne 01. 02. 2024 ob 8.30                         | dne 01. 02. 2024 ob 8.30
            od 02.03.2024 do 15.04.2024                      | od 02.03.2024 do 15.04.2024
            zadeva 0671-12/2023-4 in 090-1/2024              | zadeva 0671-12/2023-4 in 090-1/2024
            odprto 08.00-12.00 in 13.00-17.00                | odprto 08.00-12.00 in 13.00-17.00
            linije 6, 8, 11 in 14 na postaji 600011          | linije 6, 8, 11 in 14 na postaji 600011
            koordinate 46.0512345, 14.5012345                | koordinate 46.0512345, 14.5012345
            """)
    void takesOutPhoneNumbersButNoDatesHoursAndFiles(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Nakažite na SI56 1910 0000 0123 438 do petka.    | Nakažite na [bančni račun] do petka.
            SI56191000000123438                              | [bančni račun]
            GB82 WEST 1234 5698 7654 32 HVALA                | [bančni račun] HVALA
            SI56 1910 0000 0123 439                          | [bančni račun]
            GB82 WEST 1234 5698 7654 33                      | GB82 WEST 1234 5698 7654 33
            TRR: SI56 1910 0000 0123 439                     | TRR: [bančni račun]
            EMŠO 0101006500006                               | EMŠO [EMŠO]
            rojen, 0101006500006, prosim                     | rojen, [EMŠO], prosim
            črtna koda 0101006500007                         | črtna koda 0101006500007
            črtna koda 4501006500006                         | črtna koda 4501006500006
            EMŠO: 0101006500007                              | EMŠO: [EMŠO]
            davčna številka: 15012557                        | davčna številka: [davčna številka]
            DŠ SI15012557                                    | DŠ [davčna številka]
            podpisal 15012557                                | podpisal [davčna številka]
            račun 15012558                                   | račun 15012558
            tax number 15012558                              | tax number [davčna številka]
            datum 20240115                                   | datum 20240115
            """)
    void takesOutNumbersOfPersonsAndAccountsByTheirCheckDigits(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Avto LJ AB-123 stoji na pločniku.                | Avto [registrska oznaka] stoji na pločniku.
            LJ-12-3AB, MB12-3AB in KP 123-AB                 | [registrska oznaka], [registrska oznaka] in [registrska oznaka]
            LJ AB 123                                        | [registrska oznaka]
            modri golf lj-ab-123                             | modri golf [registrska oznaka]
            registrska številka: W 12345 X                   | registrska številka: [registrska oznaka]
            license plate 7ABC123 blocks the way             | license plate [registrska oznaka] blocks the way
            PO 12 LETIH in CE 2024                           | PO 12 LETIH in CE 2024
            po 10-letnem čakanju                             | po 10-letnem čakanju
            ZAPRTO GO TO 10                                  | ZAPRTO GO TO 10
            """)
    void takesOutPlatesOfCars(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Spoštovani g. Novak, hvala za odgovor.           | Spoštovani g. [ime], hvala za odgovor.
            Gospa Marija Kranjc Zupan mi je rekla            | Gospa [ime] mi je rekla
            po pogovoru z gospodom Horvatom                  | po pogovoru z gospodom [ime]
            dr. Kovač iz ambulante                           | dr. [ime] iz ambulante
            sosed Janez kosi ob nedeljah                     | sosed [ime] kosi ob nedeljah
            Dear Mr Smith, Mrs. Jones agrees                 | Dear Mr [ime], Mrs. [ime] agrees
            Dear John, please                                | Dear [ime], please
            Luč na Trgu dr. Kreka ne gori.                   | Luč na Trgu dr. Kreka ne gori.
            Spoštovani, na Oddelku za promet                 | Spoštovani, na Oddelku za promet
            Dear Council, Department of Roads says           | Dear Council, Department of Roads says
            Spoštovani Župan                                 | Spoštovani Župan
            """)
    void takesOutNamesAfterSalutationsButNoStreetsAndOffices(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Uredite prosim. Lep pozdrav, Janez Novak         | Uredite prosim. Lep pozdrav, [ime]
            Hvala in LP\\nAna                                | Hvala in LP\\n[ime]
            lp, ana novak                                    | lp, [ime]
            S spoštovanjem,\\nM. Kranjc, predsednica         | S spoštovanjem,\\n[ime], predsednica
            Kind regards,\\nJohn A. Smith                    | Kind regards,\\n[ime]
            Thanks! Mary                                     | Thanks! [ime]
            Luči ne gorijo že teden dni.\\nJanez Novak       | Luči ne gorijo že teden dni.\\n[ime]
            Moje ime je Ana Kos in živim tu.                 | Moje ime je [ime] in živim tu.
            My name is John Smith and                        | My name is [ime] and
            Podpisana Ana Kos prosim                         | Podpisana [ime] prosim
            Prijavitelj: Janez Novak                         | Prijavitelj: [ime]
            Lep pozdrav, Mestna uprava                       | Lep pozdrav, Mestna uprava
            Lep pozdrav, Oddelek za varstvo okolja           | Lep pozdrav, Oddelek za varstvo okolja
            Hvala. Prosim za odgovor.                        | Hvala. Prosim za odgovor.
            lep pozdrav, hvala                               | lep pozdrav, hvala
            Thank you, City Council                          | Thank you, City Council
            Luč ne gori.\\nUlica Ljubljana                   | Luč ne gori.\\nUlica Ljubljana
            """)
    void takesOutNamesInSignaturesAndIntroductionsButNoDepartments(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Živim na Celovški cesti 123a in ne spim.         | Živim na Celovški cesti [hišna številka] in ne spim.
            Pred mojo hišo na Brodarjevem trgu 8 stoji voda. | Pred mojo hišo na Brodarjevem trgu [hišna številka] stoji voda.
            Moj naslov je Pod hribom 5.                      | Moj naslov je Pod hribom [hišna številka].
            Sosed na številki 14 kuri plastiko.              | Sosed na številki [hišna številka] kuri plastiko.
            I live at 12 Main Street and                     | I live at [hišna številka] Main Street and
            Our house, number 7, shakes.                     | Our house, number [hišna številka], shakes.
            Lep pozdrav, Ana Kos, Celovška 12, Ljubljana     | Lep pozdrav, [ime], Celovška [hišna številka], Ljubljana
            Luknja je pri Celovški cesti 123.                | Luknja je pri Celovški cesti 123.
            A pothole in front of 12 Main Street.            | A pothole in front of 12 Main Street.
            Živim v Mostah 20 let.                           | Živim v Mostah 20 let.
            Živim ob progi linije 6. Na Dunajski 5 je jama.  | Živim ob progi linije 6. Na Dunajski 5 je jama.
            """)
    void takesOutNumbersOfHomesButNotThePlaceOfAProblem(String text, String cleaned) {
        assertThat(clean(text)).isEqualTo(cleaned);
    }

    @Test
    void countsWhatItTookOutAndNamesItInTheLanguageOfTheText() {
        var cleaned = PersonalData.clean(
                "Dear Mr Smith, call 555-123-4567 or 555-123-4568, or write to a@example.com. Best regards, John",
                Locale.ENGLISH);

        assertThat(cleaned.text())
                .isEqualTo("Dear Mr [name], call [phone number] or [phone number], or write to [e-mail address]."
                        + " Best regards, [name]");
        assertThat(cleaned.removed()).isEqualTo(Map.of(Kind.NAME, 2, Kind.PHONE, 2, Kind.EMAIL, 1));
        assertThat(cleaned.count()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Luč pri igrišču ne gori.", "The lamp by the playground is broken.", "[ime]"})
    void leavesATextWithoutPersonalDataAsItIs(String text) {
        var cleaned = PersonalData.clean(text, SLOVENE);

        assertThat(cleaned.text()).isEqualTo(text);
        assertThat(cleaned.count()).isZero();
    }

    @Test
    void aMappingGetsTheTextTheCountAndTheKinds() {
        String made = Json.text(Mapping.compile("{'x': $withoutPersonalData(t), 'none': $withoutPersonalData(missing)}")
                .apply(Map.of("t", " Pišite na a@example.si ali 041 234 567. "), Map.of())
                .entities()
                .getFirst());

        assertThat(made)
                .isEqualTo("{\"x\":{\"text\":\"Pišite na [e-naslov] ali [telefonska številka].\",\"removed\":2,"
                        + "\"kinds\":[\"email\",\"phone\"]}}");
    }

    @Test
    void noTextMakesItWorkLongOrBreak() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        String[] parts = {
            "Lep pozdrav, ",
            "Ana ",
            "živim ",
            "12 ",
            "0",
            "a@",
            "a.",
            " ",
            "\n",
            "LJ-",
            "SI56",
            "Ž",
            "(",
            "+386",
            "1 ",
            "g. "
        };
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String once = PersonalData.clean(text.toString(), SLOVENE).text();
            assertThat(once).as("seed %s", seed).doesNotContain("a@a.a");
        }
        assertThat(PersonalData.clean("0 ".repeat(4_000) + "Ana ".repeat(2_000), SLOVENE)
                        .text())
                .isNotEmpty();
    }
}
