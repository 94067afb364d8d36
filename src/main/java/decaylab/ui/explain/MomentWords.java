package decaylab.ui.explain;

import decaylab.train.Intervention;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment in one to three sentences, from patterns that a translator can reorder: a part in brackets, as in
 * {@code [norm:so the norm falls]}, is about that term.
 */
public final class MomentWords {
    private static final int DIGITS = 2;
    /** A smaller change would be told as one of 1x. */
    private static final double SAME_RATIO = 0.05;

    private static final Pattern MARKED = Pattern.compile("\\[(\\w+):([^\\]]*)\\]");

    private final Texts texts;

    /** @param texts the patterns */
    public MomentWords(Texts texts) {
        this.texts = texts;
    }

    /** What the moment is like. */
    public Explanation of(Moment moment) {
        List<String> sentences = new ArrayList<>();
        Moment.Divergence failure = moment.failure();
        if (failure != null) {
            sentences.add(texts.of("explain.diverged", count(failure.step()), number(failure.loss())));
            if (!Double.isNaN(failure.lastNorm())) {
                sentences.add(texts.of("explain.lastNorm", number(failure.lastNorm()), count(failure.lastNormStep())));
            }
            return explanation(sentences, moment);
        }
        if (moment.rows() == 0) {
            sentences.add(texts.of("explain.start"));
            return explanation(sentences, moment);
        }
        if (moment.changed() != null) {
            sentences.add(changed(moment, moment.changed()));
        }
        if (moment.steps() == 0) {
            if (moment.changed() == null) {
                sentences.add(texts.of("explain.fewSteps"));
            }
            return explanation(sentences, moment);
        }
        sentences.add(balance(moment));
        if (moment.normalized() && Double.isFinite(moment.elrAfter())) {
            sentences.add(elr(moment));
        } else {
            sentences.add(texts.of(moment.normalized() ? "explain.noElr" : "explain.notNormalized"));
        }
        return explanation(sentences, moment);
    }

    private String changed(Moment moment, Intervention change) {
        String words = change.what().equals("decay")
                ? texts.of("explain.decay." + change.to())
                : texts.of(
                        "explain.other",
                        change.what(),
                        change.brief().substring(change.what().length() + 1));
        return moment.rows() <= change.step()
                ? texts.of("explain.changedNow", words, count(change.step()))
                : texts.of("explain.changed", words, count(change.step()), count(moment.rows()));
    }

    /** When, what decay and the rest did, and what follows for the norm. */
    private String balance(Moment moment) {
        String when = when(moment);
        String norm = norm(moment);
        if (moment.absence() != null && window(moment) != Window.BEFORE_CHANGE) {
            String why = texts.of("explain.absence." + moment.absence().name().toLowerCase(Locale.ROOT));
            return texts.of("explain.noDecay", when, why, signed("explain.grew", moment.change()), norm);
        }
        return moment.known()
                .map(share -> {
                    String decay = signed("explain.decay", share.decay());
                    String rest = signed("explain.rest", share.rest());
                    boolean partly = share.measured() && share.steps() < moment.steps();
                    String first = partly ? texts.of("explain.whenTaken", when, count(share.steps())) : when;
                    return texts.of("explain.share", first, decay, rest, norm);
                })
                .orElseGet(() -> texts.of(
                        "explain.unknown",
                        when,
                        signed("explain.changed2", moment.change()),
                        number(moment.length()),
                        signed("explain.along", moment.change() - moment.length()),
                        norm));
    }

    private enum Window {
        PLAIN,
        SINCE_CHANGE,
        BEFORE_CHANGE
    }

    private static Window window(Moment moment) {
        Intervention change = moment.changed();
        if (change == null || moment.from() > change.step()) {
            return Window.PLAIN;
        }
        return moment.to() < change.step() ? Window.BEFORE_CHANGE : Window.SINCE_CHANGE;
    }

    private String when(Moment moment) {
        String steps = count(moment.steps());
        boolean one = moment.steps() == 1;
        return switch (window(moment)) {
            case PLAIN -> one ? texts.of("explain.lastOne") : texts.of("explain.last", steps);
            case SINCE_CHANGE -> texts.of("explain.since", steps);
            case BEFORE_CHANGE -> one ? texts.of("explain.beforeOne") : texts.of("explain.before", steps);
        };
    }

    private String norm(Moment moment) {
        if (moment.balanced()) {
            boolean pulled = moment.absence() == null || window(moment) == Window.BEFORE_CHANGE;
            return texts.of(pulled ? "explain.normStays" : "explain.normSteady", number3(moment.normAfter()));
        }
        return texts.of(
                moment.normAfter() > moment.normBefore() ? "explain.normGrows" : "explain.normFalls",
                number3(moment.normBefore()),
                number3(moment.normAfter()));
    }

    private String elr(Moment moment) {
        double ratio = moment.elrAfter() / moment.elrBefore();
        if (!(Math.abs(ratio - 1) >= SAME_RATIO)) {
            return texts.of("explain.elrStays", number(moment.elrAfter()), number(moment.rotation()));
        }
        return texts.of(
                ratio > 1 ? "explain.elrRose" : "explain.elrFell",
                number(ratio > 1 ? ratio : 1 / ratio),
                number(moment.elrAfter()),
                number(moment.rotation()));
    }

    /** One of two patterns, for what took away and for what added. */
    private String signed(String key, double value) {
        return texts.of(key + (value > 0 ? ".more" : ".less"), number(Math.abs(value)));
    }

    private static String number(double value) {
        return Numbers.rounded(value, DIGITS);
    }

    private static String number3(double value) {
        return Numbers.rounded(value, DIGITS + 1);
    }

    private static String count(long value) {
        return Numbers.count(value);
    }

    private static Explanation explanation(List<String> sentences, Moment moment) {
        String text = String.join(" ", sentences);
        List<Explanation.Part> parts = new ArrayList<>();
        Matcher matcher = MARKED.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                parts.add(new Explanation.Part(text.substring(end, matcher.start()), null));
            }
            parts.add(new Explanation.Part(
                    matcher.group(2), Term.valueOf(matcher.group(1).toUpperCase(Locale.ROOT))));
            end = matcher.end();
        }
        if (end < text.length()) {
            parts.add(new Explanation.Part(text.substring(end), null));
        }
        return new Explanation(parts, moment.from(), moment.to());
    }
}
