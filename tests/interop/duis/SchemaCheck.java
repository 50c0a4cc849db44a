import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/**
 * Asks the schema check of duis-sign-wrap's jar about many files in one Java machine: file names come on standard
 * input, one a line; for each a line CODE TAB WORDS TAB NAME goes to standard output. The jar is on the class path and is
 * found by name, so that this file needs nothing of it to be read or changed.
 */
public final class SchemaCheck {
    public static void main(String[] arguments) throws Exception {
        Class<?> sign = Class.forName("uk.co.smartdcc.boxed.xmldsig.Sign");
        Method check = sign.getMethod("main_aux", String[].class);
        PrintStream answers = System.out;
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream aside = new PrintStream(said, true, StandardCharsets.UTF_8);
            System.setErr(aside);
            System.setOut(new PrintStream(PrintStream.nullOutputStream()));
            Enum<?> result = (Enum<?>) check.invoke(null, (Object) new String[] {name});
            Object code = result.getDeclaringClass().getMethod("value").invoke(result);
            String[] lines = said.toString(StandardCharsets.UTF_8).strip().split("\\R");
            answers.println(code + "\t" + String.join(" | ", lines).replace('\t', ' ') + "\t" + name);
        }
    }
}
