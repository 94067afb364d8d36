package decaylab.data;

/** Whole numbers below a million in words, as they are spelled out in German and in (American) English. */
final class NumberWords {
    /** The first number that has no words here. */
    static final int END = 1_000_000;

    private static final int HUNDRED = 100;
    private static final int THOUSAND = 1_000;
    private static final int TWENTY = 20;
    private static final int TEN = 10;

    private static final String[] GERMAN = {
        "null",
        "eins",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
        "dreizehn",
        "vierzehn",
        "fünfzehn",
        "sechzehn",
        "siebzehn",
        "achtzehn",
        "neunzehn"
    };
    private static final String[] GERMAN_TENS = {
        "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"
    };
    private static final String[] ENGLISH = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] ENGLISH_TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };

    private NumberWords() {}

    /**
     * As in {@code siebenundzwanzig}: one word, the units before the tens.
     *
     * @param number from 0 to 999,999
     */
    static String german(int number) {
        require(number);
        if (number < TWENTY) {
            return GERMAN[number];
        }
        if (number < HUNDRED) {
            String tens = GERMAN_TENS[number / TEN];
            return number % TEN == 0 ? tens : germanPrefix(number % TEN) + "und" + tens;
        }
        int unit = number < THOUSAND ? HUNDRED : THOUSAND;
        String head = germanPrefix(number / unit) + (unit == HUNDRED ? "hundert" : "tausend");
        return number % unit == 0 ? head : head + german(number % unit);
    }

    /** A number that others follow in the same word: a one at its end loses its s. */
    private static String germanPrefix(int number) {
        String word = german(number);
        return word.endsWith("eins") ? word.substring(0, word.length() - 1) : word;
    }

    /**
     * As in {@code four thousand twenty-seven}: a hyphen after tens, no "and".
     *
     * @param number from 0 to 999,999
     */
    static String english(int number) {
        require(number);
        if (number < TWENTY) {
            return ENGLISH[number];
        }
        if (number < HUNDRED) {
            String tens = ENGLISH_TENS[number / TEN];
            return number % TEN == 0 ? tens : tens + "-" + ENGLISH[number % TEN];
        }
        int unit = number < THOUSAND ? HUNDRED : THOUSAND;
        String head = english(number / unit) + (unit == HUNDRED ? " hundred" : " thousand");
        return number % unit == 0 ? head : head + " " + english(number % unit);
    }

    private static void require(int number) {
        if (number < 0 || number >= END) {
            throw new IllegalArgumentException(number + " is not from 0 to " + (END - 1));
        }
    }
}
