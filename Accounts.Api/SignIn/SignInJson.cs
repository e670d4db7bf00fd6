using System.Text.Json.Serialization;

namespace Accounts.Api.SignIn;

[JsonSerializable(typeof(LoginResponse)), JsonSerializable(typeof(EnrolledResponse))]
internal sealed partial class SignInJson : JsonSerializerContext;
