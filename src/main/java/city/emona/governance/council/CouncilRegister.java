package city.emona.governance.council;

import city.emona.broker.Broker;
import city.emona.context.Entity;
import city.emona.governance.council.InitiativeStory.Answer;
import city.emona.governance.council.InitiativeStory.Party;
import city.emona.query.EntityQuery;
import city.emona.store.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The register of initiatives, questions and answers, read from the broker of one tenant. */
public final class CouncilRegister {
    private static final String INITIATIVE_IDS = "urn:ngsi-ld:Initiative:";
    private static final String ANSWER_IDS = "urn:ngsi-ld:Answer:";

    private final Broker broker;
    private final Tenant tenant;

    public CouncilRegister(Broker broker, Tenant tenant) {
        this.broker = broker;
        this.tenant = tenant;
    }

    /** All initiatives and questions with their answers; the latest session first, those without a session last. */
    public List<InitiativeStory> list() {
        List<Entity> answers = all(CouncilVocabulary.ANSWER);
        return all(CouncilVocabulary.INITIATIVE).stream()
                .map(initiative -> story(initiative, answers))
                .sorted(Comparator.comparing(
                                (InitiativeStory s) -> s.findRaisedOn().orElse(LocalDate.MIN))
                        .reversed()
                        .thenComparing(InitiativeStory::id))
                .toList();
    }

    /** One initiative with its answers, by the last part of its id. */
    public Optional<InitiativeStory> find(String localId) {
        return broker.find(tenant, INITIATIVE_IDS + localId)
                .filter(e -> e.types().contains(CouncilVocabulary.INITIATIVE))
                .map(initiative -> story(initiative, all(CouncilVocabulary.ANSWER)));
    }

    /** The last part of the id of the initiative that an answer answers, by the last part of the answer's id. */
    public Optional<String> findInitiativeOfAnswer(String localId) {
        return broker.find(tenant, ANSWER_IDS + localId)
                .flatMap(answer -> new EntityView(answer).target("answers"))
                .map(CouncilRecord::localId);
    }

    private List<Entity> all(String type) {
        List<Entity> all = new ArrayList<>();
        EntityQuery query = EntityQuery.ofType(type).withLimit(EntityQuery.MAX_LIMIT);
        List<Entity> page = broker.query(tenant, query).entities();
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page.size() < EntityQuery.MAX_LIMIT
                    ? List.of()
                    : broker.query(tenant, query.withOffset(all.size())).entities();
        }
        return all;
    }

    private InitiativeStory story(Entity entity, List<Entity> answers) {
        EntityView initiative = new EntityView(entity);
        List<Party> authors = initiative.relationships("author").stream()
                .map(author -> party(
                        author.value().stringValue(),
                        author.findAttribute(CouncilVocabulary.name("isNameDerived"))
                                .isPresent()))
                .toList();
        String title = initiative.slovene(CouncilVocabulary.TITLE);
        return new InitiativeStory(
                entity.id(),
                title == null ? CouncilRecord.localId(entity.id()) : title,
                InitiativeKind.find(initiative.text("kind")).orElse(null),
                authors,
                session(initiative),
                initiative.text("text"),
                answers.stream()
                        .map(EntityView::new)
                        .filter(a ->
                                a.target("answers").filter(entity.id()::equals).isPresent())
                        .map(this::answer)
                        .sorted(Comparator.comparing(a -> a.date() == null ? LocalDate.MAX : a.date()))
                        .toList(),
                initiative.flag("isDemo"));
    }

    private @Nullable SessionReference session(EntityView initiative) {
        Optional<EntityView> meeting = initiative
                .target("meeting")
                .flatMap(id -> broker.find(tenant, id))
                .map(EntityView::new);
        Integer number = meeting.map(m -> m.number("number")).orElse(initiative.number("sessionNumber"));
        LocalDate date = meeting.map(m -> m.date("date")).orElse(initiative.date("raisedOn"));
        boolean isExtraordinary = meeting.map(m -> m.flag("isExtraordinary")).orElse(false);
        return number == null && date == null ? null : new SessionReference(number, isExtraordinary, date);
    }

    private Party party(String id, boolean isNameDerived) {
        Optional<EntityView> entity = broker.find(tenant, id).map(EntityView::new);
        String name = entity.map(e -> e.slovene(CouncilVocabulary.name("name"))).orElse(CouncilRecord.localId(id));
        String title = entity.map(e -> e.text("honorificPrefix")).orElse("");
        Author.Gender gender =
                switch (entity.map(e -> e.text("gender")).orElse("").toLowerCase(Locale.ROOT)) {
                    case "female" -> Author.Gender.FEMALE;
                    case "male" -> Author.Gender.MALE;
                    default -> null;
                };
        boolean isBody = entity.map(e -> e.entity().types().contains(CouncilVocabulary.BODY))
                .orElse(false);
        return new Party(id, title.isEmpty() ? name : title + " " + name, gender, isBody, isNameDerived);
    }

    private Answer answer(EntityView answer) {
        Integer days = answer.number("daysToAnswer");
        return new Answer(
                answer.entity().id(),
                CaseNumber.find(answer.text("caseNumber")).orElse(null),
                answer.date("date"),
                answer.target("unit").map(id -> party(id, false)).orElse(null),
                answer.target("signer").map(id -> party(id, false)).orElse(null),
                answer.text("signerFunction"),
                answer.text("subject"),
                days == null ? OptionalLong.empty() : OptionalLong.of(days),
                answer.text("originalText"),
                answer.json("missingParts").map(CouncilRegister::missing).orElse(List.of()),
                answer.text("originalLanguage").isEmpty() ? "sl" : answer.text("originalLanguage"));
    }

    private static List<MissingPart> missing(JsonNode parts) {
        List<MissingPart> missing = new ArrayList<>();
        for (JsonNode entry : parts) {
            Optional<LetterPart> part = LetterPart.find(entry.path("part").asString(""));
            Optional<MissingPart.Reason> reason =
                    MissingPart.Reason.find(entry.path("reason").asString(""));
            if (part.isPresent() && reason.isPresent()) {
                missing.add(new MissingPart(
                        part.get(), reason.get(), entry.path("found").asString("")));
            }
        }
        return missing;
    }
}
