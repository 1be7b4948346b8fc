package city.emona.portal.console;

import city.emona.portal.Link;

/**
 * Something that needs a hand.
 *
 * @param state the style sheet's class: watch or act
 * @param word the state in a word
 * @param sentence what is the matter
 * @param link where it can be put right
 */
public record Attention(String state, String word, String sentence, Link link) {}
