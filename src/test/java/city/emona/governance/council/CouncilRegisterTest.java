package city.emona.governance.council;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.Broker;
import city.emona.broker.UpsertCounts;
import city.emona.context.Attribute;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.governance.council.Author.Gender;
import city.emona.governance.council.InitiativeStory.Answer;
import city.emona.governance.council.InitiativeStory.Party;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CouncilRegisterTest {
    private static final TermTable TERMS = terms();

    @TempDir
    Path folder;

    private LocalStore store;
    private Broker broker;
    private CouncilRegister register;

    private static TermTable terms() {
        Contexts contexts = new Contexts(url -> {
            throw new Problem(ProblemType.LD_CONTEXT_NOT_AVAILABLE, "no network in this test: " + url, "");
        });
        contexts.register(CouncilVocabulary.CONTEXT_PATH, CouncilVocabulary.contextDocument());
        return contexts.compile(Json.fromPlain(CouncilVocabulary.CONTEXT_PATH));
    }

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, Clock.systemUTC());
        broker = new Broker(store, Clock.systemUTC());
        register = new CouncilRegister(broker, Tenant.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UpsertCounts put(AnswerLetter letter) {
        List<Entity> entities = CouncilRecords.of(letter).entities().stream()
                .map(json -> EntityReader.read(json, TERMS, broker.now()))
                .toList();
        return broker.upsertAll(Tenant.DEFAULT, entities);
    }

    /** The numbers of the commits that wrote what is there. */
    private Set<Long> versions() {
        EntityQuery all = EntityQuery.of(EntityFilter.of(EntitySelector.ANY)).withLimit(100);
        return broker.query(Tenant.DEFAULT, all).stored().stream()
                .map(StoredEntity::version)
                .collect(Collectors.toSet());
    }

    private JsonNode value(String id, String term) {
        return broker.get(Tenant.DEFAULT, id)
                .findValue(CouncilVocabulary.name(term))
                .orElseThrow();
    }

    @Test
    void linksInitiativeAnswerPeopleBodiesAndSession() {
        UpsertCounts counts = put(AnswerLetterParser.parse(Letters.real()));

        assertThat(counts).isEqualTo(new UpsertCounts(8, 0, 0));
        String initiative = "urn:ngsi-ld:Initiative:2023-06-26-katja-damij-ustanovitev-odbora-za-digitalizacijo";
        String answer = "urn:ngsi-ld:Answer:90000-9-2023-57";
        assertThat(value(answer, "answers").stringValue()).isEqualTo(initiative);
        assertThat(value(answer, "daysToAnswer").intValue()).isEqualTo(81);
        assertThat(value(answer, "unit").stringValue()).isEqualTo("urn:ngsi-ld:Body:sluzba-za-digitalizacijo");
        assertThat(value(answer, "signer").stringValue()).isEqualTo("urn:ngsi-ld:Person:arian-debeljak");
        assertThat(value(answer, "originalText").stringValue())
                .isEqualTo(new String(Letters.real(), StandardCharsets.UTF_8));
        assertThat(value(answer, "missingParts")).isEmpty();
        assertThat(value(initiative, "author").stringValue()).isEqualTo("urn:ngsi-ld:Person:katja-damij");
        assertThat(value(initiative, "kind").stringValue()).isEqualTo("initiative");
        String meeting = value(initiative, "meeting").stringValue();
        assertThat(meeting).isEqualTo("urn:ngsi-ld:Meeting:mestni-svet-2023-06-26");
        assertThat(value(meeting, "number").intValue()).isEqualTo(6);
        assertThat(value(value(meeting, "body").stringValue(), "name")
                        .path("en")
                        .stringValue())
                .isEqualTo("City Council");
        assertThat(value("urn:ngsi-ld:Person:katja-damij", "gender").stringValue())
                .isEqualTo("female");
    }

    @Test
    void keepsTheFourPartsOfTheCaseNumber() {
        put(AnswerLetterParser.parse(Letters.text("promet.md")));

        var number = broker.get(Tenant.DEFAULT, "urn:ngsi-ld:Answer:90000-3-2024-12")
                .findAttribute(CouncilVocabulary.name("caseNumber"))
                .orElseThrow()
                .main();
        assertThat(number.value().stringValue()).isEqualTo("90000-3/2024-12");
        assertThat(number.attributes())
                .extracting(
                        a -> TERMS.compact(a.name()) + "=" + a.main().value().asString())
                .containsExactlyInAnyOrder(
                        "classification=90000", "caseSequence=3", "year=2024", "documentSequence=12");
    }

    @Test
    void writesNothingWhenTheSameLetterComesAgain() {
        AnswerLetter letter = AnswerLetterParser.parse(Letters.text("promet.md"));
        UpsertCounts first = put(letter);
        Set<Long> versions = versions();

        UpsertCounts second = put(AnswerLetterParser.parse(Letters.text("promet.md")));

        assertThat(first).isEqualTo(new UpsertCounts(8, 0, 0));
        assertThat(second).isEqualTo(new UpsertCounts(0, 0, 8));
        assertThat(versions()).isEqualTo(versions);
        assertThat(register.list()).hasSize(1);
    }

    @Test
    void writesALetterInOneCommit() {
        put(AnswerLetterParser.parse(Letters.text("promet.md")));

        assertThat(versions()).hasSize(1);
    }

    @Test
    void tellsTheStoryOfALetter() {
        put(AnswerLetterParser.parse(Letters.text("promet.md")));

        InitiativeStory story = register.find("2024-03-25-peter-marko-varnosti-na-prehodu-cez-smartinsko-cesto")
                .orElseThrow();

        assertThat(story.title()).isEqualTo("Vprašanje glede varnosti na prehodu čez Šmartinsko cesto");
        assertThat(story.authors())
                .containsExactly(
                        new Party("urn:ngsi-ld:Person:peter-marko", "dr. Peter Marko", Gender.MALE, false, false));
        assertThat(story.session()).isEqualTo(new SessionReference(12, false, LocalDate.of(2024, 3, 25)));
        Answer answer = story.answers().getFirst();
        assertThat(answer.caseNumber()).isEqualTo(new CaseNumber("90000", 3, 2024, 12));
        assertThat(answer.days()).hasValue(11);
        assertThat(answer.letter()).isNotEmpty();
        assertThat(register.findInitiativeOfAnswer("90000-3-2024-12")).contains(story.localId());
    }

    @Test
    void putsTheLatestSessionFirst() {
        put(AnswerLetterParser.parse(Letters.text("klub.md")));
        put(AnswerLetterParser.parse(Letters.text("promet.md")));

        assertThat(register.list())
                .extracting(InitiativeStory::title)
                .containsExactly(
                        "Vprašanje glede varnosti na prehodu čez Šmartinsko cesto",
                        "Pobuda, da se ob Glinščici uredi pešpot");
    }

    @Test
    void keepsWhatALetterLacks() {
        String text = Letters.text("promet.md")
                .replace("Datum: 5. 4. 2024\n", "")
                .replace(" na 12. seji mestnega sveta dne 25. 3. 2024", "")
                .replace("90000-3/2024-12", "neznana");
        put(AnswerLetterParser.parse(text));

        InitiativeStory story = register.list().getFirst();
        assertThat(story.session()).isNull();
        assertThat(story.answers().getFirst().missing())
                .containsExactly(
                        MissingPart.unreadable(LetterPart.CASE_NUMBER, "neznana"),
                        MissingPart.absent(LetterPart.DATE),
                        MissingPart.absent(LetterPart.SESSION_NUMBER),
                        MissingPart.absent(LetterPart.SESSION_DATE));
    }

    @Test
    void keepsSeveralAuthorsApart() {
        put(AnswerLetterParser.parse(Letters.text("promet.md")
                .replace("Svetnik dr. Peter Marko je", "Svetnica Mojca Sever in svetnik dr. Peter Marko sta")));

        assertThat(register.list().getFirst().authors())
                .extracting(Party::name)
                .containsExactlyInAnyOrder("Mojca Sever", "dr. Peter Marko");
    }

    @Test
    void namesEveryTermOfItsEntitiesInTheContext() {
        for (String file : List.of("promet.md", "klub.md")) {
            for (ObjectNode entity : CouncilRecords.of(AnswerLetterParser.parse(Letters.text(file)))
                    .entities()) {
                Entity expanded = EntityReader.read(entity, TERMS, 0);
                assertThat(expanded.types()).allMatch(t -> t.startsWith(CouncilVocabulary.NAMESPACE));
                assertThat(expanded.attributes())
                        .extracting(Attribute::name)
                        .noneMatch(name -> name.contains("default-context"));
            }
        }
    }
}
