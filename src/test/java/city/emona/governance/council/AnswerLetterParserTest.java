package city.emona.governance.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.governance.council.Author.CouncilGroup;
import city.emona.governance.council.Author.Councillor;
import city.emona.governance.council.Author.Gender;
import city.emona.governance.council.LetterBlock.Role;
import city.emona.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerLetterParserTest {
    private static final String TRAFFIC = Letters.text("promet.md");

    private static AnswerLetter traffic(String replaced, String by) {
        assertThat(TRAFFIC).contains(replaced);
        return AnswerLetterParser.parse(TRAFFIC.replace(replaced, by));
    }

    private static void assertComplete(AnswerLetter letter) {
        assertThat(letter.missing()).isEmpty();
        assertThat(letter.sender().municipality()).isEqualTo("Mestna občina Ljubljana");
        assertThat(letter.sender().administration()).isEqualTo("Mestna uprava");
        assertThat(letter.sender().unit()).isEqualTo("Oddelek za gospodarske dejavnosti in promet");
        assertThat(letter.sender().address()).isEqualTo("Poljanska cesta 28, 1000 Ljubljana");
        assertThat(letter.sender().email()).isEqualTo("promet@example.si");
        assertThat(letter.caseNumber()).isEqualTo(new CaseNumber("90000", 3, 2024, 12));
        assertThat(letter.date()).isEqualTo(LocalDate.of(2024, 4, 5));
        assertThat(letter.addressee()).containsExactly("Mestna občina Ljubljana", "Mestni svet");
        assertThat(letter.subject()).startsWith("Odgovor na vprašanje svetnika dr. Petra Marka");
        assertThat(letter.authors())
                .containsExactly(new Councillor(new PersonName("dr.", "Peter Marko"), Gender.MALE, false));
        assertThat(letter.session()).isEqualTo(new SessionReference(12, false, LocalDate.of(2024, 3, 25)));
        assertThat(letter.kind()).isEqualTo(InitiativeKind.QUESTION);
        assertThat(letter.proposal()).isEqualTo("glede varnosti na prehodu čez Šmartinsko cesto");
        assertThat(letter.greeting()).isEqualTo("Spoštovani gospod Marko,");
        assertThat(letter.body()).hasSize(2);
        assertThat(letter.closing()).isEqualTo("S spoštovanjem,");
        assertThat(letter.signer()).isEqualTo(new PersonName("", "Ana Kovač"));
        assertThat(letter.signerFunction()).isEqualTo("vodja oddelka");
        assertThat(letter.daysToAnswer()).hasValue(11);
    }

    @Test
    void readsEveryPartOfTheRealLetter() {
        AnswerLetter letter = AnswerLetterParser.parse(Letters.real());

        assertThat(letter.missing()).isEmpty();
        assertThat(letter.sender())
                .isEqualTo(new Sender(
                        "Mestna občina Ljubljana",
                        "Mestna uprava",
                        "Služba za digitalizacijo",
                        "Streliška ulica 14, 1000 Ljubljana",
                        "01 306 13 50",
                        "glavna.pisarna@ljubljana.si",
                        "www.ljubljana.si"));
        assertThat(letter.caseNumber()).isEqualTo(new CaseNumber("90000", 9, 2023, 57));
        assertThat(letter.date()).isEqualTo(LocalDate.of(2023, 9, 15));
        assertThat(letter.addressee()).containsExactly("Mestna občina Ljubljana", "Mestni svet");
        assertThat(letter.subject()).isEqualTo("Odgovor na vprašanje svetnice mag. Katje Damij");
        assertThat(letter.authors())
                .containsExactly(new Councillor(new PersonName("mag.", "Katja Damij"), Gender.FEMALE, false));
        assertThat(letter.session()).isEqualTo(new SessionReference(6, false, LocalDate.of(2023, 6, 26)));
        assertThat(letter.kind()).isEqualTo(InitiativeKind.INITIATIVE);
        assertThat(letter.proposal()).isEqualTo("za ustanovitev Odbora za digitalizacijo");
        assertThat(letter.introduction()).hasSize(1);
        assertThat(letter.greeting()).isEqualTo("Spoštovana mestna svetnica ga. Katja Damij,");
        assertThat(letter.body()).hasSize(4);
        assertThat(letter.body().getFirst()).startsWith("v Mestni občini Ljubljana (MOL)");
        assertThat(letter.body().getLast()).endsWith("Strateškemu svetu za digitalni razvoj MOL.");
        assertThat(letter.closing()).isEqualTo("Lep pozdrav,");
        assertThat(letter.signer()).isEqualTo(new PersonName("mag.", "Arian Debeljak"));
        assertThat(letter.signerFunction()).isEqualTo("Sekretar – vodja službe");
        assertThat(letter.daysToAnswer()).hasValue(81);
    }

    @Test
    void keepsTheTextToTheLetter() {
        byte[] file = Letters.real();

        assertThat(AnswerLetterParser.parse(file).text()).isEqualTo(new String(file, StandardCharsets.UTF_8));
    }

    @Test
    void readsACouncillorWhoIsAMan() {
        assertComplete(AnswerLetterParser.parse(TRAFFIC));
    }

    @Test
    void readsWindows1250AndCrlf() {
        byte[] file = TRAFFIC.replace("\n", "\r\n").getBytes(Charset.forName("windows-1250"));

        assertComplete(AnswerLetterParser.parse(file));
    }

    @Test
    void readsAByteOrderMark() {
        assertComplete(AnswerLetterParser.parse(("\ufeff" + TRAFFIC).getBytes(StandardCharsets.UTF_8)));
        assertComplete(AnswerLetterParser.parse(("\ufeff" + TRAFFIC).getBytes(StandardCharsets.UTF_16LE)));
    }

    @Test
    void readsDecomposedLettersAndKeepsThem() {
        String decomposed = Normalizer.normalize(TRAFFIC, Normalizer.Form.NFD);
        AnswerLetter letter = AnswerLetterParser.parse(decomposed.getBytes(StandardCharsets.UTF_8));

        assertComplete(letter);
        assertThat(letter.text()).isEqualTo(decomposed);
    }

    @Test
    void readsPlainTextWrappedAtSeventyColumns() {
        assertComplete(AnswerLetterParser.parse(Letters.wrapped(TRAFFIC.replace("**", ""), 70)));
    }

    @Test
    void readsAHeadInAnotherOrder() {
        assertComplete(AnswerLetterParser.parse(Letters.text("promet-drug-vrstni-red.txt")));
    }

    @Test
    void readsLinesWithoutEmptyLinesBetween() {
        assertComplete(AnswerLetterParser.parse(TRAFFIC.replaceAll("\n\n+", "\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Stevilka: 90000-3/2024-12",
                "Številka 90000-3/2024-12",
                "ŠTEVILKA: 90000-3/2024-12",
                "Števlika: 90000-3/2024-12",
                "**Številka:** 90000-3/2024-12",
                "Številka: **90000-3/2024-12**",
                "Št.: 90000 - 3/2024 - 12",
                "Številka zadeve: 90000–3/2024–12",
                "Številka:\n90000-3/2024-12",
                "Številka: 90000-3/2024/12",
                "90000-3/2024-12"
            })
    void readsTheNumberHoweverItIsTyped(String line) {
        assertComplete(traffic("Številka: 90000-3/2024-12", line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Datum: 5.4.2024",
                "Datum: 05. 04. 2024",
                "Datum: 5. aprila 2024",
                "Datum: 5. apr. 2024",
                "Datm: 5. 4. 2024",
                "datum 5. 4. 2024",
                "**Datum**: 2024-04-05",
                "Datum: 5\\. 4\\. 2024",
                "Datum:\u00a05.\u00a04.\u00a02024",
                "Ljubljana, 5. aprila 2024",
                "V Ljubljani, dne 5. 4. 2024"
            })
    void readsTheDateHoweverItIsTyped(String line) {
        assertComplete(traffic("Datum: 5. 4. 2024", line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zadeva: Odgovor na vprašanje svetnika dr. Petra Marka",
                "Zadeva: Odgovor na vprašanje svetnika dr. Petra Marka - Varnost - prehod čez Šmartinsko",
                "ZADEVA: Odgovor na vprašanje svetnika dr. Petra Marka – dopolnitev",
                "Zadea: Odgovor na vprašanje svetnika dr. Petra Marka",
                "Zadeva Odgovor na vprašanje svetnika dr. Petra Marka",
                "# Odgovor na vprašanje svetnika dr. Petra Marka",
                "**Zadeva:** **Odgovor na vprašanje svetnika dr. Petra Marka**"
            })
    void readsTheSubjectHoweverItIsTyped(String line) {
        AnswerLetter letter = traffic("**Zadeva: Odgovor na vprašanje svetnika dr. Petra Marka**", line);

        assertComplete(letter);
        assertThat(letter.subject())
                .isEqualTo(line.replaceFirst("(?i)^[*# ]*(zadeva|zadea)?[*: ]*", "")
                        .replace("*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Svetnik dr. Peter Marko je na 12. seji mestnega sveta dne 25. 3. 2024 postavil vprašanje glede varnosti na prehodu čez Šmartinsko cesto.",
                "Svetnik dr. Peter Marko je dne 25. marca 2024 na 12. redni seji Mestnega sveta MOL zastavil vprašanje glede varnosti na prehodu čez Šmartinsko cesto.",
                "Na 12. seji Mestnega sveta Mestne občine Ljubljana, ki je bila 25.03.2024, je mestni svetnik dr. Peter Marko zastavil naslednje vprašanje: »glede varnosti na prehodu čez Šmartinsko cesto«",
                "Na dvanajsti seji mestnega sveta 25. 3. 2024 je svetnik dr. PETER MARKO podal pisno vprašanje glede varnosti na prehodu čez Šmartinsko cesto.",
                "Vprašanje glede varnosti na prehodu čez Šmartinsko cesto je na 12. seji mestnega sveta dne 25. 3. 2024 postavil svetnik dr. Peter Marko.",
                "Dr. Peter Marko je na 12. seji mestnega sveta dne 25. 3. 2024 postavil vprašanje glede varnosti na prehodu čez Šmartinsko cesto."
            })
    void readsWhatWasAskedHoweverItIsPut(String sentence) {
        assertComplete(traffic(Letters.TRAFFIC_INTRODUCTION, sentence));
    }

    @Test
    void prefersTheSentenceToTheSubjectForTheKind() {
        AnswerLetter letter = traffic("postavil vprašanje glede", "podal pobudo glede");

        assertThat(letter.kind()).isEqualTo(InitiativeKind.INITIATIVE);
        assertThat(letter.subject()).contains("vprašanje");
    }

    @Test
    void knowsAQuestionWithOralPresentation() {
        AnswerLetter letter =
                traffic("postavil vprašanje glede", "postavil pisno vprašanje z zahtevo za ustno predstavitev glede");

        assertThat(letter.kind()).isEqualTo(InitiativeKind.ORAL_QUESTION);
        assertThat(letter.proposal()).isEqualTo("glede varnosti na prehodu čez Šmartinsko cesto");
    }

    @Test
    void worksOutTheNominativeWhereTheLetterOnlyHasTheGenitive() {
        AnswerLetter letter = AnswerLetterParser.parse(TRAFFIC.replace(Letters.TRAFFIC_INTRODUCTION + "\n\n", "")
                .replace("Petra Marka", "Petra Marka glede varnosti na prehodu čez Šmartinsko cesto"));

        assertThat(letter.authors())
                .containsExactly(new Councillor(new PersonName("dr.", "Peter Marko"), Gender.MALE, true));
        assertThat(letter.kind()).isEqualTo(InitiativeKind.QUESTION);
        assertThat(letter.proposal()).isEqualTo("glede varnosti na prehodu čez Šmartinsko cesto");
        assertThat(letter.missing())
                .containsExactly(
                        MissingPart.absent(LetterPart.SESSION_NUMBER), MissingPart.absent(LetterPart.SESSION_DATE));
        assertThat(letter.body()).hasSize(2);
    }

    @Test
    void readsACouncilGroupAsTheAuthor() {
        AnswerLetter letter = AnswerLetterParser.parse(Letters.text("klub.md"));

        assertThat(letter.authors()).containsExactly(new CouncilGroup("Zelena soseska", false));
        assertThat(letter.kind()).isEqualTo(InitiativeKind.INITIATIVE);
        assertThat(letter.proposal()).isEqualTo("da se ob Glinščici uredi pešpot");
        assertThat(letter.session()).isEqualTo(new SessionReference(2, true, LocalDate.of(2024, 2, 1)));
        assertThat(letter.signer()).isEqualTo(new PersonName("prof. dr.", "Jure Breznik-Kos"));
        assertThat(letter.signerFunction()).isEqualTo("Podžupan");
        assertThat(letter.missing()).extracting(MissingPart::part).containsExactly(LetterPart.CONTACTS);
    }

    @Test
    void readsTwoCouncillorsWhoAskedTogether() {
        AnswerLetter letter =
                traffic("Svetnik dr. Peter Marko je", "Svetnica Mojca Sever in svetnik dr. Peter Marko sta");

        assertThat(letter.authors())
                .containsExactly(
                        new Councillor(new PersonName("", "Mojca Sever"), Gender.FEMALE, false),
                        new Councillor(new PersonName("dr.", "Peter Marko"), Gender.MALE, false));
    }

    @Test
    void marksAMissingNumber() {
        AnswerLetter letter = traffic("Številka: 90000-3/2024-12\n", "");

        assertThat(letter.caseNumber()).isNull();
        assertThat(letter.missing()).containsExactly(MissingPart.absent(LetterPart.CASE_NUMBER));
    }

    @Test
    void marksANumberThatCannotBeRead() {
        AnswerLetter letter = traffic("90000-3/2024-12", "90000/24");

        assertThat(letter.missing()).containsExactly(MissingPart.unreadable(LetterPart.CASE_NUMBER, "90000/24"));
    }

    @Test
    void marksAMissingDocumentNumber() {
        AnswerLetter letter = traffic("90000-3/2024-12", "90000-3/2024");

        assertThat(letter.caseNumber()).isEqualTo(new CaseNumber("90000", 3, 2024, null));
        assertThat(letter.missing()).containsExactly(MissingPart.absent(LetterPart.DOCUMENT_NUMBER));
    }

    @Test
    void marksAMissingDate() {
        AnswerLetter letter = traffic("Datum: 5. 4. 2024\n", "");

        assertThat(letter.missing()).containsExactly(MissingPart.absent(LetterPart.DATE));
        assertThat(letter.daysToAnswer()).isEmpty();
    }

    @Test
    void marksADayThatTheCalendarDoesNotHave() {
        AnswerLetter letter = traffic("5. 4. 2024", "31. 4. 2024");

        assertThat(letter.missing()).containsExactly(MissingPart.unreadable(LetterPart.DATE, "31. 4. 2024"));
    }

    @Test
    void marksAMissingSession() {
        AnswerLetter letter = traffic(" na 12. seji mestnega sveta dne 25. 3. 2024", "");

        assertThat(letter.session()).isNull();
        assertThat(letter.missing())
                .containsExactly(
                        MissingPart.absent(LetterPart.SESSION_NUMBER), MissingPart.absent(LetterPart.SESSION_DATE));
        assertThat(letter.proposal()).isEqualTo("glede varnosti na prehodu čez Šmartinsko cesto");
    }

    @Test
    void marksASessionThatWouldBeLaterThanTheAnswer() {
        AnswerLetter letter = traffic("dne 25. 3. 2024", "dne 25. 5. 2024");

        assertThat(letter.missing())
                .containsExactly(
                        new MissingPart(LetterPart.SESSION_DATE, MissingPart.Reason.CONTRADICTORY, "25. 5. 2024"));
        assertThat(letter.daysToAnswer()).isEmpty();
    }

    @Test
    void marksAMissingSignature() {
        AnswerLetter letter = traffic("Ana Kovač\n\nvodja oddelka", "");

        assertThat(letter.missing())
                .containsExactly(MissingPart.absent(LetterPart.SIGNER), MissingPart.absent(LetterPart.FUNCTION));
        assertThat(letter.body()).hasSize(2);
    }

    @Test
    void findsTheSignatureWithoutAClosing() {
        AnswerLetter letter = traffic("S spoštovanjem,\n\n", "");

        assertThat(letter.missing()).containsExactly(MissingPart.absent(LetterPart.CLOSING));
        assertThat(letter.signer()).isEqualTo(new PersonName("", "Ana Kovač"));
        assertThat(letter.signerFunction()).isEqualTo("vodja oddelka");
        assertThat(letter.body()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mag. Ana Kovač, vodja oddelka",
                "Vodja oddelka: mag. Ana Kovač",
                "vodja oddelka\nmag. Ana Kovač",
                "mag. ANA KOVAČ  \nvodja oddelka\n\nPripravila: Eva Zupan, svetovalka\nPriloga: načrt"
            })
    void readsTheSignatureHoweverItIsSet(String signature) {
        AnswerLetter letter = traffic("Ana Kovač\n\nvodja oddelka", signature);

        assertThat(letter.signer()).isEqualTo(new PersonName("mag.", "Ana Kovač"));
        assertThat(letter.signerFunction()).isEqualToIgnoringCase("vodja oddelka");
        assertThat(letter.missing()).isEmpty();
    }

    @Test
    void setsEveryWordOfTheLetterApartInItsOrder() {
        for (String text : new String[] {TRAFFIC, new String(Letters.real(), StandardCharsets.UTF_8)}) {
            String set = String.join(
                    " ",
                    AnswerLetterParser.parse(text).blocks().stream()
                            .map(LetterBlock::text)
                            .toList());

            assertThat(set.split("\\s+", -1))
                    .containsExactly(text.replace("**", "").strip().split("\\s+", -1));
        }
    }

    @Test
    void setsTheRealLetterApartByItsParts() {
        assertThat(AnswerLetterParser.parse(Letters.real()).blocks())
                .extracting(LetterBlock::role)
                .containsExactly(
                        Role.SENDER,
                        Role.SENDER,
                        Role.NUMBER,
                        Role.DATE,
                        Role.ADDRESSEE,
                        Role.SUBJECT,
                        Role.INTRODUCTION,
                        Role.ANSWER_MARK,
                        Role.GREETING,
                        Role.BODY,
                        Role.BODY,
                        Role.BODY,
                        Role.BODY,
                        Role.CLOSING,
                        Role.SIGNATURE,
                        Role.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Emona\n\nAn open urban digital platform.\n\n## Start\n\n    ./emona start --demo\n",
                "Številka: 351-12/2024-3\nDatum: 3. 2. 2024\n\nZadeva: Odgovor na vlogo\n\nSpoštovani,\n\ngradbeno dovoljenje je izdano.\n\nLep pozdrav,\n\nAna Kovač\n",
                "Zapisnik 6. seje mestnega sveta\n\nDatum: 26. 6. 2023\n\nAD 2. Vprašanja in pobude svetnikov ter odgovori na vprašanja in pobude\n\nSvetnica Ana Kovač je podala pobudo za klopi.\n",
                "# Council letters\n\n- `Odgovor na vprašanje svetnice mag. Katje Damij` is read from the line »Zadeva:«.\n- The session comes from »na 6. seji mestnega sveta dne 26. 6. 2023«.\n",
                "Svetnica Ana Kovač\n\nDatum: 1. 6. 2023\n\nZadeva: Pobuda za klopi\n\nSpoštovani,\n\npredlagam klopi na Bregu.\n\nLep pozdrav,\n\nAna Kovač\n"
            })
    void refusesOtherTextsWithTheReason(String text) {
        assertThatThrownBy(() -> AnswerLetterParser.parse(text))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not an answer to a councillor")
                .hasMessageContaining("did not find");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> AnswerLetterParser.parse("%PDF-1.7 …".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("PDF");
        assertThatThrownBy(() -> AnswerLetterParser.parse(new byte[] {'P', 'K', 3, 4, 0}))
                .hasMessageContaining("Word");
        assertThatThrownBy(() -> AnswerLetterParser.parse(new byte[] {1, 0, 2})).hasMessageContaining("not text");
        assertThatThrownBy(() -> AnswerLetterParser.parse(" \n")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> AnswerLetterParser.parse(new byte[0])).hasMessageContaining("empty");
    }
}
