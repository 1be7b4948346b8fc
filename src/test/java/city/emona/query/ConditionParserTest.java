package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.Condition.And;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Operand;
import city.emona.query.Condition.Operator;
import city.emona.query.Condition.Or;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parsers of the query language read and refuse. */
class ConditionParserTest {
    private static final QueryNames NAMES = QueryNames.of(TermTable.core());

    private static Condition parse(String q) {
        return ConditionParser.parse(q, NAMES);
    }

    private static String iri(String name) {
        return TermTable.core().expand(name);
    }

    @Test
    void readsTheStructureThatIndexesAsk() {
        Condition condition = parse("a>=5;b.c==1..2|d[x.y]");

        Comparison first = new Comparison(
                AttributePath.of(iri("a")),
                Operator.GREATER_OR_EQUAL,
                new Operand.OneOf(List.of(Literal.Numeric.of(new BigDecimal(5)))));
        Comparison second = new Comparison(
                new AttributePath(List.of(), List.of(iri("b"), iri("c")), null, List.of()),
                Operator.EQUAL,
                new Operand.Range(Literal.Numeric.of(BigDecimal.ONE), Literal.Numeric.of(new BigDecimal(2))));
        Exists third = new Exists(new AttributePath(List.of(), List.of(iri("d")), null, List.of("x", "y")));
        assertThat(condition).isEqualTo(new Or(List.of(new And(List.of(first, second)), third)));
        assertThat(first.path().isPlainAttribute()).isTrue();
        assertThat(second.path().isPlainAttribute()).isFalse();
    }

    @Test
    void readsLinkedPathsWithTheirTypes() {
        List<AttributePath.Link> links =
                parse("a{T,U:b{c.observedAt}}").paths().getFirst().links();

        assertThat(links)
                .containsExactly(
                        new AttributePath.Link(List.of(iri("a")), Set.of(iri("T"), iri("U"))),
                        new AttributePath.Link(List.of(iri("b")), Set.of()));
        assertThat(parse("a{ngsi-ld:default-context/b}").paths().getFirst().attributes())
                .containsExactly(iri("b"));
        assertThat(parse("a{T:ngsi-ld:default-context/b}")
                        .paths()
                        .getFirst()
                        .links()
                        .getFirst()
                        .types())
                .containsExactly(iri("T"));
        assertThat(parse("a{b}|c{d{e}}").linkDepth()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "a,true",
        "createdAt>2020-01-01T00:00:00Z,false",
        "type==\"A\",false",
        "createdAt|a,true",
        "a.createdAt,true"
    })
    void tellsWhetherAnAttributeIsNamed(String q, boolean expected) {
        assertThat(parse(q).namesAttribute()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a==",
                "==1",
                "a=1",
                "a===1",
                "a==1;",
                ";a",
                "a|",
                "a||b",
                "(a",
                "a)",
                "()",
                "a>1..2",
                "a>1,2",
                "a>true",
                "a>=false",
                "a==true..false",
                "a==1..\"x\"",
                "a==2020-01-01..2020-01-01T00:00:00Z",
                "a==1..",
                "a==..2",
                "a==\"x",
                "a==\"\\x\"",
                "a==x y",
                "a b",
                "a[",
                "a[]",
                "a[x",
                "a[x..y]",
                "a[*.x]",
                "a.",
                ".a",
                "a..b",
                "a{",
                "a{}",
                "a{b",
                "a{b}}",
                "{b}",
                "createdAt.x",
                "createdAt{a}",
                "a~=",
                "a!~=",
                "a~=\"(\"",
                "a~=[",
                "9a",
                "a-==\u00a0",
                "a==01",
                "a==1e",
                "a==1e99999",
                "a==-",
                "a!1",
                "a<>1",
                "a==1 ",
                "a == 1",
                "a==1]",
                "a==\u0000",
                "a:b:c{d",
                "value==1==2",
                "a==1,",
                "a==,1"
            })
    void refusesWhatIsNoConditionWithARemedy(String q) {
        assertThatThrownBy(() -> parse(q)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA);
            assertThat(problem.detail()).isNotEmpty();
            assertThat(problem.remedy()).isNotEmpty();
        });
    }

    @Test
    void saysWhereTheMistakeIs() {
        assertThatThrownBy(() -> parse("speed>50;name=\"x\""))
                .hasMessageContaining("behind »speed>50;name«")
                .hasMessageContaining("»=« has no meaning there");
    }

    @Test
    void refusesWhatIsTooComplexBeforeItCosts() {
        for (String q : List.of(
                "a|".repeat(200) + "a",
                "(".repeat(21) + "a" + ")".repeat(21),
                "(".repeat(9_000) + "a" + ")".repeat(9_000),
                "a==" + "1,".repeat(1_000) + "1",
                "a".repeat(20_001),
                "a~=\"" + "x".repeat(201) + "\"",
                "a.".repeat(30) + "a",
                "a{".repeat(30) + "a" + "}".repeat(30))) {
            assertThatThrownBy(() -> parse(q)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.type()).isEqualTo(ProblemType.TOO_COMPLEX_QUERY);
                assertThat(problem.remedy()).isNotEmpty();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){12}$", "(x|y|a)*b"})
    void stopsPatternsThatWouldNeverEnd(String pattern) {
        TextPattern parsed = TextPattern.parse(pattern, "The pattern");
        String text = "a".repeat(30_000) + "!";

        assertThatThrownBy(() -> parsed.occursIn(text))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.TOO_COMPLEX_QUERY));
    }

    @Test
    void neverFailsOtherwiseThanWithAProblem() {
        long seed = Long.getLong("tests.seed", System.nanoTime());
        System.out.println("tests.seed=" + seed);
        RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(seed);
        List<String> pieces = List.of(
                "a",
                "b.c",
                "createdAt",
                "type",
                "==",
                "!=",
                ">",
                "<",
                ">=",
                "<=",
                "~=",
                "!~=",
                "1",
                "-2.5e3",
                "\"x\"",
                "\"",
                "..",
                ",",
                ";",
                "|",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                "T:",
                ":",
                "2026-01-01",
                "12:00:00Z",
                "2026-01-01T00:00:00Z",
                "true",
                "false",
                "urn:a:b",
                "*",
                "\\",
                ".",
                " ",
                "\u0000",
                "\ud83d",
                "č",
                "/",
                "+",
                "#",
                "/A",
                "dist-asc",
                "desc");
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            read += readsOrRefuses(text.toString());
        }
        assertThat(read).isGreaterThan(500);
    }

    private static int readsOrRefuses(String text) {
        int read = 0;
        for (Runnable parser : List.<Runnable>of(
                () -> parse(text),
                () -> ConditionParser.parse(text, QueryNames.ofDocuments()),
                () -> ScopeQuery.parse(text),
                () -> TypeSelection.parse(text, TermTable.core()::expand),
                () -> Ordering.parse(text, NAMES, null, ""))) {
            try {
                parser.run();
                read++;
            } catch (Problem problem) {
                assertThat(problem.remedy()).isNotEmpty();
            }
        }
        return read;
    }
}
