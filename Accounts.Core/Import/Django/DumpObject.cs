using System.Runtime.InteropServices;
using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>One object of a dump: <c>{"model": "auth.user", "pk": 7, "fields": {…}}</c>.</summary>
/// <param name="Model">in lower case</param>
/// <param name="Key">its primary key; null where the dump was written without (<c>--natural-primary</c>)</param>
/// <param name="Whole">all of it</param>
internal sealed record DumpObject(string Model, string? Key, JsonElement Fields, JsonElement Whole)
{
    public const string Group = "auth.group";

    private const string Address = "account.emailaddress", OwnIdentity = ".socialaccount";

    /// <summary>social-auth's app has had three labels.</summary>
    private static readonly string[] Identities = ["socialaccount.socialaccount", "social_django.usersocialauth", "social_auth.usersocialauth", "default.usersocialauth"];

    /// <summary>What every model of Django's that signs in has (<c>AbstractBaseUser</c>).</summary>
    public bool MayBeUser => Has("password") && Has("last_login");

    public bool IsAddress => Model == Address;

    /// <summary>By whom it is: what another model says of its user.</summary>
    public JsonElement? User => Fields.TryGetProperty("user", out var user) ? user : null;

    /// <exception cref="ForeignDataException">it is no such object</exception>
    public static DumpObject Of(JsonElement whole, long number)
    {
        try
        {
            var (model, fields) = (whole.GetProperty("model").GetString()!, whole.GetProperty("fields"));
            return new DumpObject(model.ToLowerInvariant(), whole.TryGetProperty("pk", out var key) ? Text(key) : null, fields.ValueKind == JsonValueKind.Object ? fields : throw new KeyNotFoundException(), whole);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or NullReferenceException)
        {
            throw new ForeignDataException($"Object {number} of the dump has no model, pk and fields: it is not by manage.py dumpdata, or not in its JSON.", e);
        }
    }

    /// <summary>A package's, or one of the project's own: then in the app of the users alone, for elsewhere such a table may be about anything.</summary>
    public bool IsIdentityOf(string app) => Identities.Contains(Model) || (Model == $"{app}{OwnIdentity}" && MayBeIdentity);

    /// <summary>For whichever app the users are of, which the dump may say later.</summary>
    public bool MayBeIdentity => Identities.Contains(Model) || (Model.EndsWith(OwnIdentity, StringComparison.Ordinal) && Has("provider") && Has("provider_uid"));

    private bool Has(string field) => Fields.TryGetProperty(field, out _);

    /// <summary>Of a key; null for none, and for bytes that are no text.</summary>
    public static string? Text(JsonElement key)
    {
        try
        {
            return key.ValueKind switch { JsonValueKind.String => key.GetString(), JsonValueKind.Number => key.GetRawText(), _ => null };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>As they stand in the dump.</summary>
    public ReadOnlySpan<byte> Bytes => JsonMarshal.GetRawUtf8Value(Whole);
}
