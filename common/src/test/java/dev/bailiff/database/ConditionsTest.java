package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  @Test
  void withoutConditionsThereIsNoClause() {
    Conditions none =
        new Conditions().andIfSet("a = :a", "a", null).andIfAny("b = any (:b)", "b", List.of());

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.where()).isEmpty();
  }

  @Test
  void eachConditionStandsForItself() {
    Conditions conditions =
        new Conditions()
            .and("a or b")
            .andIfSet("c = :c", "c", 1)
            .andIfSet("d = :d", "d", null)
            .andIfAny("e = any (:e)", "e", List.of("x"));

    assertThat(conditions.isEmpty()).isFalse();
    assertThat(conditions.where())
        .isEqualTo("where (a or b)\n  and (c = :c)\n  and (e = any (:e))\n");
  }
}
