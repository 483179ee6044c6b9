package dev.bailiff.worker.kind;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StageJsonTest {

  /** The message becomes the last error of a segment, which the API shows. */
  @Test
  void messageAboutTextThatIsNoJsonDoesNotQuoteTheText() {
    assertThatThrownBy(() -> StageJson.read("{\"room\": !secret:x", List.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the text is not the JSON of a List");
  }
}
