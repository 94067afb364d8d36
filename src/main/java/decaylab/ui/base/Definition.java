package decaylab.ui.base;

/**
 * What a "?" opens.
 *
 * @param title of what is defined
 * @param definition in one or two sentences
 * @param formula in plain characters; empty where there is none
 * @param source where the definition is from
 */
public record Definition(String title, String definition, String formula, String source) {}
