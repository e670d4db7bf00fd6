using System.Text.Json.Nodes;

namespace Accounts.Tests.Http.Recordings;

/// <summary>What is different where people sign in through somebody else.</summary>
public static class SocialDifferences
{
    public const string Path = "/api/auth/social/";

    public static IReadOnlyList<Difference> All { get; } =
    [
        new("11 a social sign-in tells a body that is no object as every other does",
            (row, reply) => To(row, Path) && reply.Status == 500 && row.Name.StartsWith("JSON ", StringComparison.Ordinal),
            (row, reply) => reply.Answering(DjangoRecordings.Recorded.First(other => other.Name == row.Name && other.Recorded is { Status: 400, MediaType: "application/json" }).Recorded)),
        new("13 a code is required, and its verifier but at Facebook",
            (row, reply) => To(row, Path) && row.Request.Method == "POST" && !Proves(row)
                && (reply.Status == 200 || reply.Detail is "Failed to fetch user from provider" or "Code exchange failed" || (reply.Detail is null && Has(reply, "code") && !ToFacebook(row))),
            (row, reply) => reply.Answering(400, Demand(row))),
        new("13 of what a provider says only a code is told", (row, reply) => To(row, Path) && reply.Status == 400 && Has(reply, "error"),
            (_, reply) => reply.Changing(body => body.Remove("error"))),
        new("16 duplicates are a parse error", (row, _) => To(row, Path) && row.Name == "duplicate keys",
            (_, reply) => reply.Answering(400, """{"detail": "JSON parse error - "}""")),
        new("17 an identity can be disconnected", (row, _) => To(row, Path) && row.Request.Method == "DELETE",
            (_, reply) => reply.Answering(401, """{"detail": "Authentication credentials were not provided."}""")),
        new("17 a provider's path allows DELETE", (row, reply) => To(row, Path) && reply.Status == 405,
            (_, reply) => reply with { Allow = "DELETE, OPTIONS, POST" }),
        new("Social: a user who came from a provider has the name that it told, and no password",
            (row, reply) => row.Group == "social" && reply.Status == 200 && DeliberateDifferences.UserIn(reply) is not null,
            (row, reply) => reply.Changing(body => Describe(body["user"]?.AsObject() ?? body, row.Name.Split(':')[0]))),
    ];

    private static bool To(Recording row, string path) => row.Request.Path.StartsWith(path, StringComparison.Ordinal);

    private static string Demand(Recording row) => ToFacebook(row)
        ? $$"""{ {{Code(row.Request.Body).TrimEnd(' ', ',')}} }"""
        : $$"""{ {{Code(row.Request.Body)}} "code_verifier": ["This field is required."]}""";

    private static bool ToFacebook(Recording row) => To(row, $"{Path}facebook/");

    private static bool Proves(Recording row) => row.Request.Body?.Contains("\"code_verifier\"", StringComparison.Ordinal) == true;

    private static bool Has(Reply reply, string member) => reply.Body is JsonObject body && body.ContainsKey(member);

    private static string Code(string? body) => body switch
    {
        """{"code": ""}""" => """ "code": ["This field may not be blank."], """,
        """{"code": null}""" => """ "code": ["This field may not be null."], """,
        """{"code": {"a": 1}}""" => """ "code": ["Not a valid string."], """,
        _ when body?.Contains("\"code\"", StringComparison.Ordinal) == true => "",
        _ => """ "code": ["This field is required."], """,
    };

    private static void Describe(JsonObject user, string provider)
    {
        user["providers"] = new JsonArray(provider);
        user["ways"] = new JsonArray(provider);
        user["locale"] = null;
        (user["first_name"], user["last_name"]) = provider switch
        {
            "google" => ("Gina", "Google"),
            "linkedin" => ("linked", ""),
            _ => ("Octo", "Cat"),
        };
        user["has_password"] = false;
    }
}
