using System.Globalization;
using System.Text.Json.Serialization;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Pages;

/// <param name="SignUp">whether anybody may sign up</param>
/// <param name="HidesAccounts">whether a sign-up waits for its mail</param>
/// <param name="DemandsAddress">whether nobody is let in before the address is verified</param>
/// <param name="EmailCodes">whether a mail signs in</param>
/// <param name="EmailCodeSignUp">whether such a mail makes an account</param>
/// <param name="TrustDays">for how many days a device may be trusted; 0: never</param>
/// <param name="Fields">that users have besides</param>
/// <param name="Languages">that mails are in</param>
/// <param name="RestoreDays">for how many days a deleted account is had back</param>
internal sealed record PageSettingsJson(
    bool SignUp, bool HidesAccounts, bool DemandsAddress, bool EmailCodes, bool EmailCodeSignUp, int TrustDays, UsernameRuleJson Username, PasswordRuleJson Password, ExtraFieldJson[] Fields,
    LanguageJson[] Languages, int RestoreDays);

/// <param name="Tag">of BCP 47</param>
/// <param name="Name">its own for itself</param>
public sealed record LanguageJson(string Tag, string Name);

/// <param name="Hint">what the operator says of a name; empty for nothing</param>
public sealed record UsernameRuleJson(int Minimum, int Maximum, string Hint);

public sealed record PasswordRuleJson(int Minimum, bool Uppercase, bool Lowercase, bool Digit, bool Special);

/// <summary>A field as a form needs it: in the words of its schema, and of what is not said nothing.</summary>
public sealed record ExtraFieldJson(string Name, string Type, string Title, string? Description, bool Required, bool ReadOnly)
{
    public string? Format { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public string[]? Choices { get; init; }

    public static ExtraFieldJson Of(ExtraField field) => field switch
    {
        ExtraText text => Of(field, "string") with
        {
            Format = text.Format?.Name, MinLength = text.MinLength, MaxLength = text.MaxLength, Choices = Some(text.Choices),
        },
        ExtraNumber number => Of(field, number.IsWhole ? "integer" : "number") with
        {
            Minimum = Text(number.Minimum), Maximum = Text(number.Maximum), Choices = Some(number.Choices.Select(choice => Text(choice)!)),
        },
        _ => Of(field, "boolean"),
    };

    private static ExtraFieldJson Of(ExtraField field, string type) => new(field.Name, type, field.Title ?? field.Name, field.Description, field.IsRequired, field.IsReadOnly);

    private static string[]? Some(IEnumerable<string> choices) => choices.ToArray() is { Length: > 0 } some ? some : null;

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Every character that could end the element around it is escaped, as the default of the serializer has it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageSettingsJson))]
internal sealed partial class PageJson : JsonSerializerContext;
