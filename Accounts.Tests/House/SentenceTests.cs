using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Accounts.Api;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What answers tell people is told in each of our languages.</summary>
public sealed partial class SentenceTests
{
    private static readonly CompiledSentences Said = CompiledSentences.Of(typeof(AccountsDb).Assembly, typeof(Program).Assembly);

    private static readonly Languages Ours = new(Options.Create(new TextsOptions()));

    public static TheoryData<string> Others => [.. Ours.All.Select(language => language.Tag).Where(tag => tag != "en")];

    [Fact]
    public void Every_sentence_is_written_where_it_becomes_one()
    {
        Assert.Empty(Said.Unwritten);
        Assert.Superset(
            new HashSet<string> { "Invalid credentials", "Ensure this field has no more than {0} characters.", "Logged out", "{0} is connected.", "{0} changed your roles" }, Said.Templates);
    }

    [Theory, MemberData(nameof(Others))]
    public void Every_language_has_every_sentence_and_no_other(string tag)
    {
        var known = Ours.Of(tag).Below("answers").Select(answer => answer.Key).ToArray();
        Assert.Empty(Said.Templates.Except(known).Order(StringComparer.Ordinal));
        Assert.Empty(known.Except(Said.Templates).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Others))]
    public void Every_language_keeps_the_places_and_how_a_sentence_ends(string tag) => Assert.All(Ours.Of(tag).Below("answers"), answer =>
    {
        Assert.Equal(Places(answer.Key), Places(answer.Value));
        Assert.Equal(answer.Key.EndsWith('.'), answer.Value.EndsWith('.'));
        Assert.Equal(answer.Value.Trim(), answer.Value);
    });

    [Fact]
    public void Every_language_says_what_it_is_called() => Assert.Equal(
        ["Deutsch", "English", "Español", "Français", "Português (Brasil)"], Ours.All.Select(language => language["language"]).Order(StringComparer.Ordinal));

    [Fact]
    public void What_the_document_shows_is_among_the_sentences()
    {
        var shown = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(action => action.GetCustomAttributes()).OfType<ISuccess>().Select(success => success.Text).OfType<string>().ToArray();
        Assert.Contains("Logged out", shown);
        Assert.All(shown, text => Assert.Contains(Said.Templates, template => Matching(template).IsMatch(text)));
    }

    /// <summary>But the documents' examples, and what reads answers back.</summary>
    [Fact]
    public void No_answer_with_a_sentence_is_made_without_saying_it()
    {
        var made = CompiledSentences.Methods(typeof(Program).Assembly).Where(method => !IsGenerated(method.DeclaringType!) && Called(method).Any(Tells)).ToArray();
        Assert.True(made.Length > 15, $"{made.Length} places are found.");
        Assert.All(made, method => Assert.True(method.DeclaringType!.GetInterfaces().Any(IsTextAnswer) || Called(method).Any(IsSaying), $"{method.DeclaringType}.{method.Name}"));
    }

    private static IEnumerable<MethodBase> Called(MethodBase method) => CompiledCode.Of(method).Where(instruction => instruction.NamesMember)
        .Select(instruction => instruction.Member(method)).OfType<MethodBase>();

    private static bool Tells(MethodBase called) => called.IsConstructor && called.DeclaringType!.Name.EndsWith("Response", StringComparison.Ordinal)
        && called.GetParameters() is [{ Name: "Detail" or "Message" } first, ..] && first.ParameterType == typeof(string);

    private static bool IsGenerated(Type type) => typeof(JsonSerializerContext).IsAssignableFrom(type) || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsTextAnswer(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITextAnswer<>);

    private static bool IsSaying(MethodBase called) => called.Name == nameof(Speech.Say) || called.DeclaringType == typeof(Func<Sentence, string>);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static Regex Matching(string template) => new($@"\A{Place().Replace(Regex.Escape(template).Replace("\\{", "{", StringComparison.Ordinal), ".+")}\z");

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();
}
