using System.Collections.Frozen;

namespace Accounts.Core.Import.Django;

/// <summary>What an import is told of the Django project that its users come from.</summary>
public sealed record DjangoProject
{
    /// <summary>
    /// The words that <see cref="Fields"/> knows, and what the field is called where nobody says it. <c>legacy_id</c> is the key by which old tokens
    /// name their user (SimpleJWT's <c>USER_ID_FIELD</c>), <c>natural_key</c> the model's <c>USERNAME_FIELD</c>.
    /// </summary>
    public static FrozenDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["legacy_id"] = "", ["natural_key"] = "", ["username"] = "username", ["email"] = "email", ["email_verified"] = "email_verified", ["password_hash"] = "password",
        ["is_active"] = "is_active", ["is_staff"] = "is_staff", ["is_superuser"] = "is_superuser", ["groups"] = "groups", ["date_joined"] = "date_joined",
        ["last_login"] = "last_login", ["first_name"] = "first_name", ["last_name"] = "last_name",
    }.ToFrozenDictionary();

    /// <summary>Of a dump: <c>AUTH_USER_MODEL</c>, in lower case. Null for the one model that has a password and a last sign-in.</summary>
    public string? UserModel { get; init; }

    /// <summary>Of a database: the users' table. Null for the one that has a password and a last sign-in.</summary>
    public string? UserTable { get; init; }

    /// <summary>One of <see cref="Words"/>, and what the project calls it.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What times are of that name no zone: the project's <c>TIME_ZONE</c>, where <c>USE_TZ</c> is off.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>A provider's name there, and here: beyond those that <see cref="DjangoIdentity"/> knows.</summary>
    public IReadOnlyDictionary<string, string> Providers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What the project calls something.</summary>
    internal string FieldOf(string word) => Fields.GetValueOrDefault(word, Words[word]);
}
