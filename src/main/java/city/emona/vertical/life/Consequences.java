package city.emona.vertical.life;

import city.emona.vertical.DeclaredRules;
import city.emona.vertical.Findings;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whom a change of models would break: terms, views, rules and indicators of verticals, and subscriptions. */
final class Consequences {
    private final Estate estate;
    private final Verticals running;
    private final Vertical changed;

    Consequences(Estate estate, Verticals running, Vertical changed) {
        this.estate = estate;
        this.running = running;
        this.changed = changed;
    }

    List<LocalizedText> of(List<ModelComparison.Break> breaks) {
        List<LocalizedText> told = new ArrayList<>();
        Set<String> iris =
                breaks.stream().map(ModelComparison.Break::iri).collect(Collectors.toCollection(TreeSet::new));
        String termsSl =
                breaks.stream().map(found -> found.what().sl()).distinct().collect(Collectors.joining("; "));
        String termsEn =
                breaks.stream().map(found -> found.what().en()).distinct().collect(Collectors.joining("; "));
        told.add(new LocalizedText("Zlomilo bi se: " + termsSl + ".", "It would break: " + termsEn + "."));
        tell(told, "Pogledi", "Views", views(iris));
        Set<String> terms =
                breaks.stream().map(ModelComparison.Break::term).collect(Collectors.toCollection(TreeSet::new));
        tell(told, "Pravila in kazalniki", "Rules and indicators", rules(terms));
        tell(told, "Naročnine", "Subscriptions", estate.followers().apply(iris));
        return told;
    }

    private static void tell(List<LocalizedText> told, String sl, String en, List<String> names) {
        if (!names.isEmpty()) {
            String list = String.join(", ", names);
            told.add(new LocalizedText(sl + ": " + list + ".", en + ": " + list + "."));
        }
    }

    private List<String> views(Set<String> iris) {
        List<String> views = new ArrayList<>();
        for (Vertical vertical : running.list()) {
            for (View view : vertical.views()) {
                boolean names = iris.contains(view.type())
                        || iris.contains(view.nameAttribute())
                        || view.columns().stream().anyMatch(column -> iris.contains(column.attribute()));
                if (names) {
                    views.add(vertical.id() + "/" + view.typeTerm());
                }
            }
        }
        return views;
    }

    /** Rules and indicators whose declarations name one of the terms. */
    private List<String> rules(Set<String> terms) {
        Pattern named = Pattern.compile("(?<![A-Za-z0-9_])(?:"
                + terms.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![A-Za-z0-9_])");
        List<String> rules = new ArrayList<>();
        for (Vertical vertical : running.list()) {
            if (vertical.id().equals(changed.id())
                    || vertical.packaging().needs().containsKey(changed.id())) {
                String description = PackageContent.ofFolder(vertical.folder(), new Findings())
                        .flatMap(PackageContent::findDescription)
                        .orElse("");
                DeclaredRules.naming(description, named).forEach(rule -> rules.add(vertical.id() + "/" + rule));
            }
        }
        return rules;
    }
}
