package city.emona.governance.council;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer letter becomes: linked entities in normalized NGSI-LD, with the terms of {@link CouncilVocabulary}. The same letter always
 * gives the same record.
 *
 * @param initiativeId the entity that stands for what was asked
 * @param answerId the entity that stands for the letter
 * @param entities all of them, each once; those that others point to come first
 */
public record CouncilRecord(String initiativeId, String answerId, List<ObjectNode> entities) {
    public CouncilRecord {
        entities = List.copyOf(entities);
    }

    /** The last part of an entity's id, with which its page is addressed. */
    public static String localId(String entityId) {
        return entityId.substring(entityId.lastIndexOf(':') + 1);
    }

    /** The path of the page that tells the initiative's story, without a language. */
    public String pagePath() {
        return "/council/" + localId(initiativeId);
    }
}
