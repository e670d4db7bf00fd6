namespace Accounts.Tests.Http.Fuzz;

/// <summary>Texts that have broken servers.</summary>
internal static class FuzzCorpus
{
    private static readonly string[] Texts =
    [
        // Characters.
        "", " ", "\0", "a\0b", "\u0001\u001b[31m\u007f", "\u0085\u009b", "\t", "\r", "\n", "a\r\nX-Evil: 1", "a\r\nBcc: x@y.test", "\ufffd", "\ufffe", "\uffff", "\ufeff", "\ufeffa",
        "\u202eada", "\u2066\u2069", "a\u200db", "\u2028\u2029", "\u00ad", "😀", "👩‍👩‍👧‍👦", "\U0010ffff", "\U000e0001", "a" + new string('\u0301', 1000), "ﷺ", "e\u0301", "é",
        "İıſKß", "ａｄｍｉｎ", "a＠b.test", "a@b。test", "٣٣٣٣٣٣",
        // Languages in which a text could be read by mistake.
        "' OR '1'='1", "'; DROP TABLE users; --", "a' UNION SELECT NULL --", "1); SELECT pg_sleep(9); --", "%", "_", "%_%", "\\", "\\'", "$1", "@p0", ":id", "E'\\x00'", "{0}", "{{0}", "{",
        "%s%n%d", "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "../../../etc/passwd", "..\\..\\x", "|id", "`id`", "$(id)",
        "%00", "%ff", "%C0%AF", "%zz", "&#0;", "\"", "=", "&", ";", ",", "#", "?", "/", "//", "\\u0000",
        // What headers, tokens, addresses and numbers are made of.
        "a=b; c=d", ";;;===", ",,,,", "Bearer", "Bearer a", "Bearer a b", "Basic", "Basic /w==", "Basic OjpA", "*/*;q=x", "text/html;q=0", "image/png", "null", "none", "same-origin", "cross-site",
        "https://evil.test", "http://[::1", "body", "application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=\"\"",
        "text/plain", "a.b.c", "..", "....", "eyJhbGciOiJub25lIn0.e30.", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "::ffff:1.2.3.4", "999.1.1.1", "fe80::1%eth0", "1.2.3.4, 5.6.7.8",
        "a@b.test", "a@b.test, c@d.test", "\"a b\"@c.test", "@", "a@", "a@xn--", "000000", "-1", "99999999999999999999", "1e400", "NaN", "true", "__proto__", "constructor",
        // As long as a refresh token and as a browser's proof, which are decoded only then.
        new string('A', 146), new string('A', 145) + "!", new string('A', 145) + "é", new string('A', 101) + "!", new string('A', 101) + "é",
        new string('a', 257), new string('.', 300) + "@b.test", new string('A', 9000), new string('a', 40_000), new string(',', 1000), new string('%', 1000), new string('a', 1_000_000),
    ];

    private static readonly byte[][] NoText =
    [
        [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F], [0xFE, 0xFF], [0xFF, 0xFE], [0xFF], [0x61, 0xE9, 0x62],
    ];

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "1", "0.1", "1e400", "-1E-400", "123456789012345678901234567890", new string('9', 5000), "[]", "{}", "[null]", "[\"a\"]", "[[[[[[[[]]]]]]]]",
        "{\"a\": \"b\"}", "{\"__proto__\": {\"roles\": [\"admin\"]}}", "{\"a\": 1, \"a\": 2}", new string('[', 10_000) + new string(']', 10_000), "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\"",
        "\"\\udc00\\ud800\"", "\"a\\ud83d\"", "\"\\uD83D\\uDE00\"", "\"\\/\\b\\f\"", "\"\\uffff\"", "\"\\x41\"", "\"a\0b\"", "\"a\nb\"", "\"", "'a'", "undefined", "NaN", "Infinity", "01", "+1", "",
    ];

    public static readonly FuzzText[] All = [.. Texts.Select(FuzzText.Of), .. NoText.Select(FuzzText.OfBytes), .. Tokens.Select(FuzzText.OfToken)];

    public static readonly FuzzText[] Methods =
    [
        .. new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post", "POST\0", "P\u00f6ST", "", "A\tB", new string('A', 9000) }.Select(FuzzText.Of),
    ];
}
