package decaylab.ui;

import decaylab.store.Fingerprint;
import decaylab.ui.base.Texts;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;

/** Fills the dialog that says what the lab is. */
public final class AboutController {
    private static final int ICON = 192;

    private final Texts texts;

    @FXML
    private ImageView icon;

    @FXML
    private Label version;

    public AboutController(Texts texts) {
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        icon.setImage(AppIcon.draw(ICON));
        version.setText(texts.of("about.version", Fingerprint.labVersion(), System.getProperty("java.version", "")));
    }
}
