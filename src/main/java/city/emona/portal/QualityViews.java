package city.emona.portal;

import city.emona.vertical.DatasetSpec;
import city.emona.vertical.QualitySpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.quality.Dimension;
import city.emona.vertical.quality.Quality;
import city.emona.vertical.quality.QualityMeter;
import city.emona.vertical.quality.QualityTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The quality of all datasets of which something is promised. */
final class QualityViews {
    private final Desk desk;
    private final QualityMeter meter;

    QualityViews(Desk desk, QualityMeter meter) {
        this.desk = desk;
        this.meter = meter;
    }

    List<QualityView> list(Language language) {
        List<QualityView> views = new ArrayList<>();
        for (Vertical vertical : desk.verticals().get().list()) {
            for (DatasetSpec dataset : vertical.datasets()) {
                dataset.findQuality().ifPresent(promised -> views.add(view(vertical, dataset, promised, language)));
            }
        }
        return views;
    }

    private QualityView view(Vertical vertical, DatasetSpec dataset, QualitySpec promised, Language language) {
        Optional<Quality> found = meter.find(vertical, dataset);
        Quality.Status status = found.map(Quality::status).orElse(Quality.Status.UNKNOWN);
        Texts texts = Texts.of(language);
        Format format = Format.of(language);
        String state =
                switch (status) {
                    case KEPT -> "good";
                    case BROKEN -> "watch";
                    case UNKNOWN -> "none";
                };
        String least = format.quantity(promised.atLeast(), 0, "%");
        List<QualityView.Share> shares = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            Double share = found.map(quality -> quality.shares().get(dimension)).orElse(null);
            if (share != null) {
                shares.add(new QualityView.Share(
                        texts.text("quality." + dimension.term()),
                        texts.text("quality.share", format.quantity(share, 1, "%"), least)));
            }
        }
        String id = QualityTerms.id(vertical.id(), dataset.id());
        return new QualityView(
                language.pick(dataset.title()),
                new Link(language.href(VerticalPages.path(vertical)), language.pick(vertical.title())),
                state,
                texts.text("quality.status." + status.term()),
                found.map(quality -> texts.text(
                                "quality.since", desk.time(language).dateTime(Instant.ofEpochMilli(quality.since()))))
                        .orElse(""),
                shares,
                found.isPresent() ? EntityAddress.href(language, id) : "");
    }
}
