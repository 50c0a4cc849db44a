import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

/**
 * Judges many files by one XML schema (the first argument) with Java's own engine: file names come on standard input, one a
 * line; for each a line VERDICT TAB WORDS TAB NAME goes to standard output.
 */
public final class SchemaEngine {
    public static void main(String[] arguments) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Schema schema = factory.newSchema(new File(arguments[0]));
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            Validator validator = schema.newValidator();
            String verdict = "valid";
            String words = "";
            try {
                validator.validate(new StreamSource(new File(name)));
            } catch (org.xml.sax.SAXException refused) {
                verdict = "invalid";
                words = String.valueOf(refused.getMessage()).replaceAll("\\s+", " ");
            }
            System.out.println(verdict + "\t" + words + "\t" + name);
        }
    }
}
