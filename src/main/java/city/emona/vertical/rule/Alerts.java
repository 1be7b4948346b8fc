package city.emona.vertical.rule;

import city.emona.broker.Broker;
import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.TypeSelection;
import city.emona.store.Tenant;
import city.emona.vertical.EntityDraft;
import java.util.Comparator;
import java.util.List;

/** The alerts of the city, and what people do with them. Safe for use by many threads. */
public final class Alerts {
    /** How long a name or a note may be, in characters. */
    public static final int MAX_LENGTH = 2_000;

    private final Broker broker;

    public Alerts(Broker broker) {
        this.broker = broker;
    }

    /** All alerts, those raised last at the front. */
    public List<Alert> list() {
        return new BrokerCity(broker)
                .ofType(AlertTerms.ALERT).stream()
                        .map(Alert::of)
                        .sorted(Comparator.comparingLong(Alert::issuedAt)
                                .reversed()
                                .thenComparing(Alert::id))
                        .toList();
    }

    /** Those that are not over. */
    public List<Alert> listOpen() {
        return list().stream()
                .filter(alert -> alert.state() != AlertState.CLEARED)
                .toList();
    }

    /**
     * Somebody says that an alert was seen and is looked after.
     *
     * @param who a name
     * @param note what is done; may be empty
     * @throws Problem of type ResourceNotFound, BadRequestData without a name, or Conflict when it was acknowledged or is over
     */
    public void acknowledge(String id, String who, String note) {
        if (who.isBlank() || who.length() > MAX_LENGTH || note.length() > MAX_LENGTH) {
            throw Problem.badRequestData(
                    who.isBlank() ? "It is not said who acknowledges the alert." : "The name or the note is too long.",
                    "Send a name, and a note of at most " + MAX_LENGTH + " characters.");
        }
        broker.edit(Tenant.DEFAULT, id, TypeSelection.of(AlertTerms.ALERT), alert -> acknowledged(alert, who, note));
    }

    private Entity acknowledged(Entity entity, String who, String note) {
        Alert alert = Alert.of(entity);
        if (alert.state() != AlertState.RAISED) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    alert.state() == AlertState.CLEARED
                            ? "The alert is over."
                            : "The alert was acknowledged by " + alert.acknowledgedBy() + ".",
                    "There is nothing to do.");
        }
        long now = broker.now();
        return new EntityDraft(entity.id(), AlertTerms.ALERT, now)
                .text(AlertTerms.STATE, AlertState.ACKNOWLEDGED.term())
                .time(AlertTerms.ACKNOWLEDGED_AT, now)
                .text(AlertTerms.ACKNOWLEDGED_BY, who.strip())
                .text(AlertTerms.NOTE, note.strip())
                .over(entity);
    }
}
