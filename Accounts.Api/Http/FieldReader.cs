using System.Globalization;
using System.Text.Json.Nodes;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Users;

namespace Accounts.Api.Http;

/// <summary>Turns the fields of a body into values, as DRF's serializer fields do; what cannot be turned is null and told in <see cref="Errors"/>.</summary>
public sealed class FieldReader(HttpContext context, IReadOnlyDictionary<string, Field> body)
{
    private static readonly Sentence Required = "This field is required.";
    private static readonly Sentence NotNull = "This field may not be null.";
    private static readonly Sentence NotBlank = "This field may not be blank.";
    internal static readonly Sentence NotText = "Not a valid string.";
    private static readonly Sentence NotAddress = "Enter a valid email address.";
    private static readonly Sentence NotBoolean = "Must be a valid boolean.";
    private static readonly Sentence NotJson = "Value must be valid JSON.";
    private static readonly Sentence NotLanguage = "Enter a valid language tag, such as de or pt-BR.";
    internal static readonly Sentence ControlCharacter = "Control characters are not allowed.";

    /// <summary>Of a code that people type, in characters: one in groups, and then some.</summary>
    public const int LongestCode = 100;

    public FieldErrors Errors { get; } = new();

    /// <summary>Looked at before anything that is wrong is told, and throws where that is not for who asks; null where it is for anybody.</summary>
    public Func<Task>? Gate { get; set; }

    /// <summary>For what a form depends on besides its fields.</summary>
    public HttpContext Context => context;

    /// <summary>A member that the request has no property for, because a setting names it.</summary>
    public Field Member(string name) => body.GetValueOrDefault(name);

    /// <summary>White space around it is trimmed.</summary>
    public string? Text(string name, Field field) => Content(name, field, NotText)?.Trim() is { } text
        ? Fitting(name, text, char.IsControl, ControlCharacter)
        : null;

    /// <summary>Without the spaces and hyphens of people who type codes in groups.</summary>
    public string? TypedCode(string name, Field field) =>
        ShortText(name, field, LongestCode) is { } text ? string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-')) : null;

    /// <summary>Empty where it is missing or blank.</summary>
    public string OptionalText(string name, Field field, int longest)
    {
        if (field.IsMissing || field.IsBlank)
        {
            return "";
        }
        return ShortText(name, field, longest) ?? "";
    }

    /// <summary>As <see cref="Text"/>, of no more than so many characters.</summary>
    public string? ShortText(string name, Field field, int longest)
    {
        var text = Text(name, field);
        if (text?.Length > longest)
        {
            Errors.Add(name, TooLong(longest));
        }
        return text;
    }

    /// <summary>As the user's profile keeps it: a language tag in its usual case; empty where it is null or blank.</summary>
    public string LanguageTag(string name, Field field)
    {
        if (field.IsBlank || field.Kind == FieldKind.Null)
        {
            return "";
        }
        Core.Users.LanguageTag? tag = null;
        if (Text(name, field) is { } text && !Core.Users.LanguageTag.TryParse(text, out tag))
        {
            Errors.Add(name, text.Length > Core.Users.LanguageTag.Longest ? TooLong(Core.Users.LanguageTag.Longest) : NotLanguage);
        }
        return tag?.Text ?? "";
    }

    /// <summary>A valid one, which its own rule judges.</summary>
    public Username? Username(string name, Field field)
    {
        if (Content(name, field, NotText)?.Trim() is not { } text)
        {
            return null;
        }
        var mistakes = text.Length == 0 ? [NotBlank] : Context.RequestServices.GetRequiredService<UsernameRule>().Mistakes(text);
        Array.ForEach(mistakes, mistake => Errors.Add(name, mistake));
        return mistakes.Length == 0 ? new Username(text) : null;
    }

    /// <summary>What may be an address or not.</summary>
    public string? Address(string name, Field field) => Content(name, field, NotAddress)?.Trim() is { } text
        ? Fitting(name, text, char.IsControl, ControlCharacter)
        : null;

    /// <summary>A valid one, parsed.</summary>
    public EmailAddress? EmailAddress(string name, Field field)
    {
        EmailAddress? address = null;
        if (Address(name, field) is { } text && !Core.Users.EmailAddress.TryParse(text, out address))
        {
            Errors.Add(name, NotAddress);
        }
        return address;
    }

    /// <summary>As <see cref="EmailAddress"/>, of somebody who signs up: what is too long is told as such.</summary>
    public EmailAddress? NewEmailAddress(string name, Field field)
    {
        EmailAddress? address = null;
        if (Address(name, field) is { } text && !Core.Users.EmailAddress.TryParse(text, out address))
        {
            Errors.Add(name, text.Length > Core.Users.EmailAddress.Longest ? TooLong(Core.Users.EmailAddress.Longest) : NotAddress);
        }
        return address;
    }

    /// <summary>Never trimmed or cut.</summary>
    public string? Password(string name, Field field)
    {
        if (Content(name, field, NotText) is not { } text || Fitting(name, text, static _ => false, ControlCharacter) is null)
        {
            return null;
        }
        if (PasswordPolicy.IsTooLong(text))
        {
            Errors.Add(name, TooLong(PasswordPolicy.Longest));
            return null;
        }
        return text;
    }

    /// <summary>Of a number, or of a text that is one.</summary>
    /// <param name="name">on the wire</param>
    /// <param name="field">as it came</param>
    /// <param name="invalid">what is said of anything else</param>
    public decimal? Number(string name, Field field, Sentence invalid)
    {
        if (Content(name, field, invalid) is not { } text)
        {
            return null;
        }
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !IsTooSmall(text, number))
        {
            return number;
        }
        Errors.Add(name, invalid);
        return null;
    }

    /// <summary>Read as 0 without a word, as 1e-400 is.</summary>
    private static bool IsTooSmall(string text, decimal number) => number == 0 && text.AsSpan(0, text.AsSpan().IndexOfAny('e', 'E') is var exponent and >= 0 ? exponent : text.Length).ContainsAnyInRange('1', '9');

    /// <summary>An object; of a form, which has none, a text that is one.</summary>
    public JsonObject? Object(string name, Field field)
    {
        if (field.Kind != FieldKind.Object && Content(name, field, NotJson) is null)
        {
            return null;
        }
        if (JsonBody.TryParseObject(field.Text!) is { } json)
        {
            return json;
        }
        Errors.Add(name, NotJson);
        return null;
    }

    public bool Boolean(string name, Field field, bool otherwise) => field.IsMissing ? otherwise : Boolean(name, field) ?? otherwise;

    public bool? Boolean(string name, Field field)
    {
        switch (field.Kind)
        {
            case FieldKind.Missing:
                Errors.Add(name, Required);
                return null;
            case FieldKind.Null:
                Errors.Add(name, NotNull);
                return null;
            default:
                return ReadBoolean(name, field.Text);
        }
    }

    private bool? ReadBoolean(string name, string? text)
    {
        switch (text?.Trim().ToLowerInvariant())
        {
            case "true" or "t" or "yes" or "y" or "on" or "1":
                return true;
            case "false" or "f" or "no" or "n" or "off" or "0":
                return false;
            default:
                Errors.Add(name, NotBoolean);
                return null;
        }
    }

    /// <summary>The text of what is one, or a number; what else there is, is told.</summary>
    internal string? Content(string name, Field field, Sentence unusable)
    {
        switch (field.Kind)
        {
            case FieldKind.Text or FieldKind.Number:
                return field.Text;
            case FieldKind.Missing:
                Errors.Add(name, Required);
                return null;
            case FieldKind.Null:
                Errors.Add(name, NotNull);
                return null;
            default:
                Errors.Add(name, unusable);
                return null;
        }
    }

    private string? Fitting(string name, string text, Func<char, bool> forbidden, Sentence message)
    {
        var error = text switch
        {
            "" => NotBlank,
            _ when text.Contains('\0') => FieldErrors.NullCharacter,
            _ when text.Any(forbidden) => message,
            _ => null,
        };
        if (error is null)
        {
            return text;
        }
        Errors.Add(name, error);
        return null;
    }

    private static Sentence TooLong(int longest) => $"Ensure this field has no more than {longest} characters.";
}
