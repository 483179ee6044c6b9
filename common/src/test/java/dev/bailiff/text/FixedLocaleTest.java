package dev.bailiff.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Texts that libraries format and parse without a given locale, in every locale of the JDK. */
class FixedLocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void back() {
    Locale.setDefault(before);
  }

  @Test
  void everyLocaleOfTheAccountGivesTheSameText() throws Exception {
    List<Locale> locales = new ArrayList<>(List.of(Locale.getAvailableLocales()));
    locales.add(Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai"));
    locales.add(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    locales.add(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    List<String> different = new ArrayList<>();
    for (Locale locale : locales) {
      Locale.setDefault(locale);
      Locale.setDefault(Locale.Category.FORMAT, locale);
      FixedLocale.set();
      List<String> texts = texts();
      if (!texts.equals(EXPECTED)) {
        different.add(locale + ": " + texts);
      }
    }

    assertThat(locales).hasSizeGreaterThan(500);
    assertThat(different).isEmpty();
  }

  private static final List<String> EXPECTED =
      List.of("00042", "1234.5", "title", "TITLE", "42", "2026", "true", "true");

  /**
   * Formats numbers as Kafka does for its file names, and words and dates as other libraries do.
   */
  private static List<String> texts() throws Exception {
    NumberFormat number = NumberFormat.getInstance();
    number.setMinimumIntegerDigits(5);
    number.setGroupingUsed(false);
    return List.of(
        number.format(42),
        String.format("%.1f", 1234.5),
        "TITLE".toLowerCase(),
        "title".toUpperCase(),
        NumberFormat.getInstance().parse("42").toString(),
        DateTimeFormatter.ofPattern("yyyy").format(LocalDate.of(2026, 1, 1)),
        String.valueOf(Calendar.getInstance().getCalendarType().equals("gregory")),
        String.valueOf(Locale.getDefault(Locale.Category.DISPLAY).equals(Locale.ROOT)));
  }
}
