package decaylab.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By which a file is known. MD5 only guards against accidents, and is used where the authors publish no other.
 *
 * @param algorithm as Java names it, for example SHA-256
 * @param hex in small letters
 */
public record Checksum(String algorithm, String hex) {
    static Checksum md5(String hex) {
        return new Checksum("MD5", hex);
    }

    static Checksum sha256(String hex) {
        return new Checksum("SHA-256", hex);
    }

    /** Whether the file has it. */
    boolean fits(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest()).equals(hex);
    }
}
